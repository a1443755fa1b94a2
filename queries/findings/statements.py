"""The statements of a sweep: a question's rows written as findings, and those that are found no more resolved.

All values travel in one list parameter `$p`: what `Values` holds in its order, then those of the question's parameters,
then the keys of the subjects where only some are looked at. Names that end in `_` are ours: no column has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.touched import SWEEP, WEIGHT
from queries.cypher_text import replace_parameters
from queries.findings.columns import facts_expression, key_expression, node_columns, values_expression
from queries.findings.reach import Reach
from queries.findings.thresholds import Indicator, node_keys
from queries.question import Question

BATCH_SIZE = 5_000
"""Rows of one transaction."""
ACTOR = "sweep"
ACTIVE = ("OPEN", "CONFIRMED", "REOPENED")
"""The statuses that count in triage."""
ALIVE = (*ACTIVE, "DISMISSED")
"""The statuses of what the last sweep found."""

_RUN, _NOW, _DAY, _NAME, _SEVERITY, _WEIGHT, _SOURCE, _THRESHOLDS = (f"$p[{place}]" for place in range(8))
_FIRST = 8
"""The place of the first value of the question's own parameters."""
_FENCE = f"MATCH (sweep_:{SWEEP} {{key: 'sweep', holder: {_RUN}}})"
"""A sweep that has lost its turn writes nothing."""
_RETRY = "ON ERROR RETRY FOR 30.0 SECONDS THEN FAIL"


@dataclass(frozen=True, slots=True)
class Values:
    """What every statement of a sweep is given for an indicator."""

    run: str
    now: datetime
    day: date
    indicator: Indicator

    def parameters(self, subjects: list[str] | None = None) -> dict[str, object]:
        """Return the statement's parameters; `subjects` are the keys to look at, of all when there are none."""
        one = self.indicator
        question = one.question
        common = [self.run, self.now, self.day, one.name, question.severity.value, one.weight, question.source]
        rest = [] if subjects is None else [subjects]
        return {"p": [*common, one.thresholds_text, *one.values(self.day), *rest]}


def found_statement(question: Question, *, reach: Reach | None = None, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that writes a question's rows as findings, and returns how many became what.

    With `reach` only the subjects of the last parameter are looked at. Each batch is a transaction of its own, complete
    in itself. It returns the kind of a change (null for what is as it was) with the number of findings.
    """
    columns = [column.name for column in question.columns]
    return "\n".join(
        [
            "CYPHER 25",
            *_rows(question, reach),
            f"CALL ({', '.join(columns)}) {{",
            f"  {_FENCE}",
            *(f"  {line}" for line in _upsert(question)),
            "  RETURN kind_",
            f"}} IN TRANSACTIONS OF {int(batch_size)} ROWS {_RETRY}",
            "RETURN kind_, count(*)",
        ]
    )


def _rows(question: Question, reach: Reach | None) -> list[str]:
    places = {one.name: f"$p[{_FIRST + place}]" for place, one in enumerate(question.parameters)}
    body = replace_parameters(question.body if reach is None else reach.body, places)
    if reach is None:
        return ["CALL () {", body.rstrip("\n"), "}"]
    keys = f"$p[{_FIRST + len(question.parameters)}]"
    return [
        f"UNWIND {keys} AS subject_ MATCH ({reach.column}:{reach.label} {{key: subject_}})",
        f"CALL ({reach.column}) {{",
        body.rstrip("\n"),
        "}",
    ]


def _upsert(question: Question) -> list[str]:
    kept = ", ".join(column.name for column in node_columns(question))
    return [
        f"WITH *, {key_expression(question)} AS key_, {values_expression(question)} AS values_,",
        f"  {facts_expression(question)} AS facts_",
        "MERGE (f_:Finding {key: key_})",
        f"  ON CREATE SET f_.indicator = {_NAME}, f_.version = 0, f_.firstSeenAt = {_NOW}, f_.since = {_DAY}",
        f"SET f_.seenBy = {_RUN}",
        f"WITH {kept}, f_, values_, facts_, f_.status AS before_, f_.facts <> facts_ AS changed_,",
        f"  f_.weight <> {_WEIGHT} AS reweighed_",
        "WITH *, CASE",
        "  WHEN before_ IS NULL THEN 'OPENED'",
        "  WHEN before_ = 'RESOLVED' THEN 'REOPENED'",
        f"  WHEN before_ = 'DISMISSED' AND (changed_ OR f_.dismissedUntil < {_DAY}) THEN 'REOPENED'",
        f"  WHEN before_ <> 'DISMISSED' AND (changed_ OR f_.thresholds <> {_THRESHOLDS}) THEN 'CHANGED'",
        "END AS kind_",
        f"SET f_.lastSeenAt = {_NOW}",
        *_when("f_.values IS NULL OR f_.values <> values_", ["SET f_.values = values_"]),
        *_when("before_ IS NULL OR changed_ OR kind_ IS NOT NULL", ["SET f_.facts = facts_"]),
        *_evidence(question),
        *_when(
            f"kind_ IS NOT NULL OR reweighed_ OR f_.thresholds <> {_THRESHOLDS} OR f_.source <> {_SOURCE}",
            [
                f"SET f_.thresholds = {_THRESHOLDS}, f_.source = {_SOURCE}",
                f"SET f_.severity = {_SEVERITY}, f_.weight = {_WEIGHT}",
            ],
        ),
        *_when(
            "kind_ = 'REOPENED'",
            [
                f"SET f_.since = CASE before_ WHEN 'RESOLVED' THEN {_DAY} ELSE f_.since END",
                "SET f_.dismissedReason = null, f_.dismissedUntil = null",
            ],
        ),
        *change_lines("kind_", "CASE kind_ WHEN 'OPENED' THEN 'OPEN' WHEN 'REOPENED' THEN 'REOPENED' ELSE before_ END"),
        *weigh_lines("kind_ IN ['OPENED', 'REOPENED'] OR reweighed_"),
    ]


def _evidence(question: Question) -> list[str]:
    """Return the lines that link the row's nodes: its subjects once, its evidence anew when it changed."""
    subjects = [
        f"FOREACH (one_ IN [{name}] | MERGE (f_)-[r_:HAS_SUBJECT]->(one_) ON CREATE SET r_.place = {place})"
        for place, name in enumerate(node_keys(question))
    ]
    evidence = [
        f"FOREACH (one_ IN [x_ IN [{column.name}] WHERE x_ IS NOT NULL] | "
        f"CREATE (f_)-[:HAS_EVIDENCE {{column: '{column.name}', place: {place}}}]->(one_))"
        for place, column in enumerate(node_columns(question))
    ]
    return [
        "FOREACH (old_ IN CASE WHEN changed_ THEN COLLECT { MATCH (f_)-[r_:HAS_EVIDENCE]->() RETURN r_ } ELSE [] END |"
        " DELETE old_)",
        *_when("before_ IS NULL OR changed_", [*subjects, *evidence]),
    ]


def resolved_statement(question: Question, *, reach: Reach | None = None, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves a question's findings which the sweep has not found, and counts them.

    With `reach` only those about the subjects of the last parameter are looked at.
    """
    if reach is None:
        found = "MATCH (f_:Finding) WHERE f_.key IS NOT NULL AND "
    else:
        about = f"(:{reach.label} {{key: subject_}})<-[:HAS_SUBJECT {{place: {reach.place}}}]-(f_:Finding)"
        found = f"UNWIND $p[{_FIRST + len(question.parameters)}] AS subject_ MATCH {about} WHERE "
    return "\n".join(
        [
            "CYPHER 25",
            f"{found}f_.indicator = {_NAME} AND f_.status IN {list(ALIVE)} AND f_.seenBy <> {_RUN}",
            "CALL (f_) {",
            f"  {_FENCE}",
            f"  SET f_.resolvedBy = {_RUN}",
            "  WITH f_, f_.status AS before_, f_.values AS values_, 'RESOLVED' AS kind_",
            "  SET f_.dismissedReason = null, f_.dismissedUntil = null",
            *(f"  {line}" for line in change_lines("kind_", "'RESOLVED'")),
            *(f"  {line}" for line in weigh_lines("true")),
            "  RETURN kind_",
            f"}} IN TRANSACTIONS OF {int(batch_size)} ROWS {_RETRY}",
            "RETURN kind_, count(*)",
        ]
    )


def change_lines(condition: str, after: str) -> list[str]:
    """Return the lines that give a finding its next status and note it as a change of its own."""
    return _when(
        f"{condition} IS NOT NULL",
        [
            f"SET f_.status = {after}, f_.version = f_.version + 1",
            "CREATE (f_)-[:HAS_CHANGE]->(:FindingChange {key: f_.key + '/' + toString(f_.version), kind: kind_,"
            f" at: {_NOW}, actor: '{ACTOR}', from: before_, to: f_.status, values: values_,"
            " thresholds: f_.thresholds})",
        ],
    )


def weigh_lines(condition: str) -> list[str]:
    """Return the lines that bring the weight of a finding's children up to date; each is locked before it is read."""
    return [
        "CALL (*) {",
        f"  WITH f_ WHERE {condition}",
        "  MATCH (f_)-[:HAS_SUBJECT]->(child_:Child)",
        "  SET child_.weighed = true",
        "  WITH child_, COLLECT {",
        f"    MATCH (child_)<-[:HAS_SUBJECT]-(x_:Finding) WHERE x_.status IN {list(ACTIVE)} RETURN x_.weight",
        "  } AS weights_",
        f"  SET child_.{WEIGHT} = nullIf(reduce(sum_ = 0, one_ IN weights_ | sum_ + one_), 0)",
        "  REMOVE child_.weighed",
        "}",
    ]


def _when(condition: str, lines: list[str]) -> list[str]:
    """Return lines that write, as one that does so under a condition."""
    return [f"FOREACH (_ IN CASE WHEN {condition} THEN [1] ELSE [] END |", *(f"  {line}" for line in lines), ")"]
