"""What was true on an earlier day: the answer for it is the answer of the graph without what happened later."""

from __future__ import annotations

from graph.store import Store
from queries.library.question import AS_OF
from seed.seeding import seed_store
from tests.api.compiler.compiling import library
from tests.queries.scenarios import answered, given

LIBRARY = library()
EARLIER = "2023-09-15"

BEGINS = {
    "Placement": "releasedOn",
    "NoticeToAppear": "issuedOn",
    "CourtCase": "openedOn",
    "Hearing": "noticeSentOn",
    "CourtOrder": "issuedOn",
    "ContactAttempt": "attemptedOn",
    "HomeStudy": "orderedOn",
    "ReliefApplication": "filedOn",
    "Notification": "sentAt",
    "LaborViolation": "foundOn",
    "ConcernReport": "reportedOn",
    "Representation": "enteredOn",
    "PostReleaseService": "orderedOn",
    "BackgroundCheck": "requestedOn",
    "IdentityDocument": "presentedOn",
    "SponsorApplication": "filedOn",
}
"""The day from which a record is known: one of a later day is taken away. A hearing is known before it is held."""

ENDS = {
    "Placement": ("endedOn",),
    "NoticeToAppear": ("servedOn", "filedOn"),
    "CourtCase": ("closedOn",),
    "HomeStudy": ("completedOn",),
    "ReliefApplication": ("decidedOn",),
    "Notification": ("acknowledgedAt",),
    "Representation": ("withdrawnOn",),
    "PostReleaseService": ("startedOn", "endedOn"),
    "ConcernReport": ("receivedOn", "triagedOn", "closedOn"),
    "BackgroundCheck": ("resultOn",),
    "SponsorApplication": ("decidedOn",),
}
"""What became of it later: a day that is later is not known yet."""

RARE = {
    "absentiaOrdersAfterStaleNotice",
    "childrenNotLivingWithSponsor",
    "childrenWhoRanAway",
    "laborConcernsNearCitedEmployers",
    "releasesNearCitedEmployers",
}
"""What a graph of this size may hold none of before that day."""
PENDING = ("CourtCase", "ReliefApplication")


def removals() -> list[str]:
    later = "date(n.{0}) > date($p[0])"
    statements = [f"MATCH (n:{label}) WHERE {later.format(name)} DETACH DELETE n" for label, name in BEGINS.items()]
    for label, names in ENDS.items():
        for name in names:
            pending = ", n.status = 'PENDING'" if label in PENDING else ""
            statements.append(f"MATCH (n:{label}) WHERE {later.format(name)} SET n.{name} = null{pending}")
    return [
        *statements,
        "MATCH (n:Child) WHERE n.transferredOn > date($p[0]) AND NOT EXISTS { MATCH (n)-[:HAS_EPISODE]->(e) "
        "WHERE e.apprehendedOn <= date($p[0]) } DETACH DELETE n",
        "MATCH (n:CustodyEpisode) WHERE coalesce(n.apprehendedOn, n.admittedOn) > date($p[0]) DETACH DELETE n",
        *(
            f"MATCH (n:CustodyEpisode) WHERE n.{name} > date($p[0]) SET n.{name} = null"
            for name in ("transferredOn", "admittedOn")
        ),
        "MATCH (n:CustodyEpisode) WHERE n.dischargedOn > date($p[0]) SET n.dischargedOn = null, n.dischargeKind = null",
        "MATCH ()-[n:RESIDES_AT]->() WHERE n.since > date($p[0]) DELETE n",
        "MATCH ()-[n:RESIDES_AT]->() WHERE n.until > date($p[0]) SET n.until = null",
        "MATCH ()-[n:RECORDED]->() WHERE n.recordedOn > date($p[0]) DELETE n",
    ]


async def test_an_earlier_day_is_the_graph_without_later_facts(store: Store) -> None:
    await seed_store(store, scale=0.5, seed=11, store_name="neo4j")
    before = {question.name: await answered(store, question, asOf=EARLIER, **given(question)) for question in LIBRARY}
    for statement in removals():
        await store.write(statement, {"p": [EARLIER]}, timeout=120)
    for question in LIBRARY:
        assert await answered(store, question, asOf=EARLIER, **given(question)) == before[question.name], question.name
    assert {name for name, rows in before.items() if not rows} <= RARE


def test_every_question_takes_a_day() -> None:
    assert [question.name for question in LIBRARY if AS_OF not in question.values(given(question))] == []
