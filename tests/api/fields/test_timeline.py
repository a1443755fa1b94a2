"""A child's timeline: every kind of fact, in order, with its agency, its source and when it was recorded."""

from __future__ import annotations

from typing import Any

import pytest

from api.access.policy import Access
from api.compiler.ids import global_id
from api.fields.timeline_facts import FACTS
from graph.errors import Forbidden
from graph.model import Sensitivity
from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text

TIMELINE = """
query ($id: ID!, $day: Date) {
  child(id: $id) {
    timeline(asOf: $day) { on kind summary agency recordedOn source { system file } node { key __typename } }
  }
}
"""
EVERYTHING = """
CREATE (c:Child {key: 'c', dateOfBirth: date('2010-01-01'), enteredOn: date('2023-01-01'),
                 transferredOn: date('2023-01-02')}),
  (src:Source {key: 'src', system: 'ORR portal', file: 'children.csv'}),
  (old:Source {key: 'old', system: 'Old portal', file: 'old.csv'}),
  (orr:Agency {key: 'orr', code: 'ORR'}), (opla:Agency {key: 'opla', code: 'OPLA'}),
  (court:Agency {key: 'court', code: 'EOIR-HOU'}), (uscis:Agency {key: 'uscis', code: 'USCIS'}),
  (c)-[:FROM_SOURCE {key: 'f1', recordedAt: datetime('2023-01-05T23:30:00-05:00')}]->(src),
  (c)-[:FROM_SOURCE {key: 'f2', recordedAt: datetime('2023-01-04T08:00:00Z')}]->(old),
  (c)-[:HAS_PLACEMENT]->(p:Placement {key: 'p', releasedOn: date('2023-03-01'), endedOn: date('2024-03-01'),
                                      sponsorCategory: '2A', relationship: 'AUNT_UNCLE'}),
  (p)-[:HAS_HOME_STUDY]->(:HomeStudy {key: 'hs', orderedOn: date('2023-02-01'), completedOn: date('2023-02-20'),
                                      recommendation: 'POSITIVE'}),
  (c)-[:RESIDES_AT {key: 'r', since: date('2023-03-01'), until: date('2024-02-01'), reportedBy: 'ORR'}]->
    (:Address {key: 'a'}),
  (c)-[:HAS_NOTICE]->(:NoticeToAppear {key: 'n', issuedOn: date('2023-04-01'), servedOn: date('2023-04-02'),
                                       filedOn: date('2023-04-03')}),
  (c)-[:RESPONDENT_IN]->(k:CourtCase {key: 'k', openedOn: date('2023-04-03'), closedOn: date('2024-05-01'),
                                      status: 'CLOSED'})-[:VENUED_AT]->(court),
  (k)-[:HAS_HEARING]->(h:Hearing {key: 'h', scheduledOn: date('2023-06-01'), noticeSentOn: date('2023-05-01'),
                                  kind: 'MASTER', outcome: 'MISSED'}),
  (opla)-[:RECORDED {key: 'rec', outcome: 'ATTENDED', recordedOn: date('2023-06-03')}]->(h),
  (h)-[:RESULTED_IN]->(:CourtOrder {key: 'o', kind: 'REMOVAL', issuedOn: date('2023-06-01'), inAbsentia: true}),
  (c)-[:HAS_CONTACT]->(t:ContactAttempt {key: 't', kind: 'WELL_BEING_CALL', attemptedOn: date('2023-04-01'),
                                         outcome: 'NO_ANSWER'})-[:MADE_BY]->(orr),
  (c)-[:APPLIED_FOR]->(:ReliefApplication {key: 'ra', form: 'I_589', filedOn: date('2023-07-01'),
                                           decidedOn: date('2024-01-01'), status: 'DENIED'})-[:BEFORE]->(uscis),
  (m:Notification {key: 'm', event: 'MISSED_HEARING', channel: 'EMAIL', sentAt: datetime('2023-06-01T23:30:00-05:00'),
                   acknowledgedAt: datetime('2023-06-05T00:00:00Z')})-[:ABOUT]->(h),
  (m)-[:SENT_BY]->(court), (m)-[:SENT_TO]->(opla),
  (:ConcernReport {key: 'cr', kind: 'LABOR', reportedOn: date('2023-08-01')})-[:CONCERNS]->(c)
"""
SAFEGUARDS = """
MATCH (c:Child {key: 'c'})-[:HAS_PLACEMENT]->(p), (report:ConcernReport)
SET report += {receivedOn: date('2023-08-02'), triagedOn: date('2023-08-03'), closedOn: date('2023-09-01')}
CREATE (c)-[:HAS_EPISODE]->(:CustodyEpisode {key: 'e', apprehendedOn: date('2023-01-01'),
    transferredOn: date('2023-01-02'), admittedOn: date('2023-01-03'), dischargedOn: date('2023-03-01'),
    dischargeKind: 'REUNIFIED'}),
  (:SponsorApplication {key: 'sa', filedOn: date('2023-01-10'), decidedOn: date('2023-02-25'),
    decision: 'APPROVED'})-[:FOR_CHILD]->(c),
  (p)-[:HAS_CHECK]->(:BackgroundCheck {key: 'bc', kind: 'FINGERPRINTS', requestedOn: date('2023-01-11'),
    resultOn: date('2023-02-01'), result: 'CLEAR'}),
  (p)-[:HAS_SERVICE]->(:PostReleaseService {key: 'ps', level: 'TWO', orderedOn: date('2023-03-01'),
    startedOn: date('2023-03-10'), endedOn: date('2023-09-10')}),
  (c)-[:REPRESENTED_BY]->(:Representation {key: 'rp', kind: 'ATTORNEY', enteredOn: date('2023-05-05'),
    withdrawnOn: date('2024-04-01')})
"""


async def timeline(ask: Asker, **variables: Any) -> list[dict[str, Any]]:
    answer = await ask.ask(TIMELINE, {"id": global_id("Child", "c"), **variables})
    entries: list[dict[str, Any]] = answer["child"]["timeline"]
    return entries


async def test_facts_of_all_agencies_are_merged_in_order(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    told = [(e["on"], e["summary"], e["agency"], e["node"]["key"]) for e in await timeline(ask, day="2024-12-31")]
    assert told == [
        ("2010-01-01", "Born", None, "c"),
        ("2023-01-01", "Entered the United States", None, "c"),
        ("2023-01-02", "Transferred from DHS to HHS", None, "c"),
        ("2023-02-01", "Home study ordered", None, "hs"),
        ("2023-02-20", "Home study completed: POSITIVE", None, "hs"),
        ("2023-03-01", "Released to a sponsor: CATEGORY_2A, AUNT_UNCLE", None, "p"),
        ("2023-03-01", "Reported to reside at an address from this day", "ORR", "a"),
        ("2023-04-01", "Notice to Appear issued", None, "n"),
        ("2023-04-01", "Contact attempted: WELL_BEING_CALL, NO_ANSWER", "ORR", "t"),
        ("2023-04-02", "Notice to Appear served", None, "n"),
        ("2023-04-03", "Notice to Appear filed with the court", None, "n"),
        ("2023-04-03", "Court case opened", "EOIR-HOU", "k"),
        ("2023-05-01", "Notice of a hearing sent", "EOIR-HOU", "h"),
        ("2023-06-01", "Hearing: MASTER, MISSED", "EOIR-HOU", "h"),
        ("2023-06-01", "Order issued by an immigration judge: REMOVAL, IN_ABSENTIA", "EOIR-HOU", "o"),
        ("2023-06-02", "Agency notified about a hearing: MISSED_HEARING, EMAIL", "OPLA", "m"),
        ("2023-06-03", "Outcome of a hearing recorded by an agency: ATTENDED", "OPLA", "h"),
        ("2023-06-05", "Notification acknowledged: MISSED_HEARING, EMAIL", "OPLA", "m"),
        ("2023-07-01", "Application for relief filed: I_589", "USCIS", "ra"),
        ("2023-08-01", "Concern reported: LABOR", None, "cr"),
        ("2024-01-01", "Application for relief decided: I_589, DENIED", "USCIS", "ra"),
        ("2024-02-01", "Reported to reside at an address until this day", "ORR", "a"),
        ("2024-03-01", "Placement ended", None, "p"),
        ("2024-05-01", "Court case closed: CLOSED", "EOIR-HOU", "k"),
    ]


async def test_a_hearing_and_its_order_are_of_the_court_where_it_was_held(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    await empty.write("MATCH (h:Hearing) CREATE (h)-[:HELD_AT]->(:Agency {key: 'mia', code: 'EOIR-MIA'})")
    told = {entry["kind"]: entry["agency"] for entry in await timeline(ask, day="2024-12-31")}
    assert (told["HEARING"], told["HEARING_NOTICE_SENT"], told["ORDER_ISSUED"]) == ("EOIR-MIA",) * 3
    assert told["CASE_OPENED"] == "EOIR-HOU"
    answer = await ask("""{ childTimeline(child: "c", asOf: "2024-12-31", first: 50) { nodes { event agency } } }""")
    rows = {row["event"]: row["agency"] for row in answer["childTimeline"]["nodes"]}
    assert {event: told[event] for event in rows} == rows


async def test_every_kind_of_fact_is_found(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    await empty.write(SAFEGUARDS)
    assert {entry["kind"] for entry in await timeline(ask, day="2024-12-31")} == {fact.kind for fact in FACTS}


async def test_a_childs_own_outcome_and_who_was_reached_are_told(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    await empty.write(
        "MATCH (c:Child {key: 'c'}), (h:Hearing), (t:ContactAttempt) SET t.outcome = 'REACHED', t.reached = 'SPONSOR' "
        "CREATE (c)-[:HAD_OUTCOME {key: '1', outcome: 'ATTENDED'}]->(h), (c)-[:HAD_OUTCOME {key: '2'}]->(h)"
    )
    told = {entry["kind"]: entry["summary"] for entry in await timeline(ask, day="2024-12-31")}
    assert told["HEARING"] == "Hearing: MASTER, ATTENDED"
    assert told["CONTACT_ATTEMPTED"] == "Contact attempted: WELL_BEING_CALL, REACHED, SPONSOR"
    answer = await ask("""{ childTimeline(child: "c", asOf: "2024-12-31", first: 50) { nodes { event detail } } }""")
    rows = {row["event"]: row["detail"] for row in answer["childTimeline"]["nodes"]}
    assert (rows["HEARING"], rows["CONTACT_ATTEMPTED"]) == ("ATTENDED", "REACHED SPONSOR")


async def test_each_fact_tells_its_source_and_when_that_recorded_it(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    entries = {entry["kind"]: entry for entry in await timeline(ask, day="2024-12-31")}
    assert entries["ENTERED"]["source"] == {"system": "Old portal", "file": "old.csv"}
    assert entries["ENTERED"]["recordedOn"] == "2023-01-04"
    assert entries["HEARING_RECORDED"]["source"] is None
    assert entries["HEARING_RECORDED"]["recordedOn"] == "2023-06-03"
    assert entries["RESIDENCE_BEGAN"]["source"] is None
    assert entries["RELEASED"]["source"] is None
    assert entries["RELEASED"]["recordedOn"] is None
    assert entries["HEARING"]["node"] == {"key": "h", "__typename": "Hearing"}


async def test_a_fact_is_recorded_only_after_it_happened(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'})-[:HAS_NOTICE]->(n:NoticeToAppear {key: 'n', issuedOn: date('2023-04-01'), "
        "servedOn: date('2023-04-20'), filedOn: date('2023-08-01')}) "
        "CREATE (s:Source {key: 's', file: 'notices.csv', extractedAt: datetime('2024-01-01T00:00:00Z')}) "
        "CREATE (n)-[:FROM_SOURCE {key: '1', recordedAt: datetime('2023-04-05T10:00:00Z')}]->(s), "
        "(n)-[:FROM_SOURCE {key: '2', recordedAt: datetime('2023-05-01T10:00:00Z')}]->(s)"
    )
    assert [(entry["kind"], entry["recordedOn"]) for entry in await timeline(ask, day="2024-12-31")] == [
        ("NOTICE_ISSUED", "2023-04-05"),
        ("NOTICE_SERVED", "2023-05-01"),
        ("NOTICE_FILED", None),
    ]


async def test_only_facts_up_to_the_day_are_told(empty: Store, ask: Asker) -> None:
    await empty.write(EVERYTHING)
    entries = await timeline(ask, day="2023-04-01")
    assert [entry["kind"] for entry in entries][-2:] == ["NOTICE_ISSUED", "CONTACT_ATTEMPTED"]
    assert [entry["kind"] for entry in await timeline(ask, day="2023-03-31")][-1] == "RESIDENCE_BEGAN"


async def test_a_child_of_whom_nothing_is_dated(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'})-[:HAS_PLACEMENT]->(:Placement {key: 'p', relationship: 'PARENT'}), "
        "(c)-[:RESIDES_AT {key: 'r'}]->(:Address {key: 'a'})"
    )
    assert await timeline(ask) == []
    assert (await ask("{ children { nodes { timeline { on } } } }"))["children"] == {"nodes": [{"timeline": []}]}


def test_what_a_role_may_not_see_is_in_no_statement() -> None:
    access = Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE}))
    with pytest.raises(Forbidden, match=r"Child\.dateOfBirth"):
        compile_text("{ children { nodes { timeline { on } } } }", access=access)
