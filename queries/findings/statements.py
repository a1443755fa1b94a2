"""The statements of a sweep: a question's rows written as findings, and those that are found no more resolved.

All values travel in one list parameter `$p`: the run, the time, the day, then what says of which indicator the findings
are. Names that end in `_` are ours: no column has one.
"""

from __future__ import annotations

from collections.abc import Sequence
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

RUN, NOW, DAY, ABOUT = (f"$p[{place}]" for place in range(4))
_FIRST = 4
"""The place of the first value of a question's own parameters."""
NAME, SEVERITY, WEIGHS, SOURCE, THRESHOLDS, _COLUMNS, _SUBJECTS = (f"about_[{place}]" for place in range(7))
"""What `about` gives of an indicator, by place."""
FENCE = f"MATCH (sweep_:{SWEEP} {{key: 'sweep', holder: {RUN}}})"
"""A sweep that has lost its turn writes nothing."""
_RETRY = "ON ERROR RETRY FOR 30.0 SECONDS THEN FAIL"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which sweep it is, when, and for which day."""

    run: str
    now: datetime
    day: date

    def parameters(self, *values: object) -> dict[str, object]:
        """Return a statement's parameters."""
        return {"p": [self.run, self.now, self.day, *values]}


def about(indicator: Indicator) -> list[object]:
    """Return what a statement is told of an indicator: what its findings say, its node columns, and its subjects."""
    question = indicator.question
    columns = [column.name for column in node_columns(question)]
    return [
        indicator.name,
        question.severity.value,
        indicator.weight,
        question.source,
        indicator.thresholds_text,
        columns,
        [columns.index(name) for name in node_keys(question)],
    ]


def found_statement(question: Question, *, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that writes all of a question's rows as findings.

    Its further parameters are `about` the indicator, then the question's own. Each batch is a transaction of its own,
    complete in itself. It returns 0, the kind of a change (null for what is as it was), and the number of findings.
    """
    columns = ", ".join(column.name for column in question.columns)
    return "\n".join(
        [
            "CYPHER 25",
            *asked(question),
            f"CALL ({columns}) {{",
            f"  {FENCE}",
            f"  WITH {ABOUT} AS about_, {kept(question)}",
            *(f"  {line}" for line in _upsert()),
            "  RETURN kind_",
            batches(batch_size),
            "RETURN 0, kind_, count(*)",
        ]
    )


def looked_statement(question: Question, reach: Reach, labels: Sequence[str]) -> str:
    """Return the reading statement that asks a question about the subjects alone that touched nodes can change.

    Its parameters are the day's and the question's as in `found_statement`, the most subjects to look at, then for each
    of the labels a list of keys. It returns a list for each row of the database's id of the subject, then what a
    finding keeps of it: its key (null where the subject has no row), values, facts, and the ids of its nodes.
    """
    ids = ", ".join(f"elementId({column.name})" for column in node_columns(question))
    most = f"$p[{_FIRST + len(question.parameters)}]"
    columns = ", ".join(column.name for column in question.columns)
    return "\n".join(
        [
            "CYPHER 25",
            "CALL () {",
            reach.walk(labels, first=_FIRST + len(question.parameters) + 1),
            "}",
            f"WITH DISTINCT found_ AS subject_ LIMIT {most}",
            f"MATCH ({reach.column}:{reach.label} {{key: subject_}})",
            f"OPTIONAL CALL ({reach.column}) {{",
            _body(question, reach.body),
            "}",
            f"WITH {columns}, own_, {kept(question)}",
            f"RETURN collect([elementId({reach.column}), CASE WHEN own_ IS NOT NULL THEN key_ END, values_, facts_,"
            f" [{ids}]])",
        ]
    )


def rows_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that writes rows that were read before as findings.

    Its further parameters are what `about` gives, by indicator; and rows of an indicator's place among those, key,
    values, facts and the ids of the row's nodes. It returns that place, the kind of a change and the number.
    """
    return "\n".join(
        [
            "CYPHER 25",
            f"UNWIND $p[{_FIRST}] AS row_",
            "CALL (row_) {",
            f"  {FENCE}",
            f"  WITH {ABOUT}[row_[0]] AS about_, row_[1] AS key_, row_[2] AS values_, row_[3] AS facts_, COLLECT {{",
            "    UNWIND row_[4] AS id_ OPTIONAL MATCH (node_) WHERE elementId(node_) = id_ RETURN node_",
            "  } AS nodes_",
            *(f"  {line}" for line in _upsert()),
            "  RETURN kind_",
            batches(batch_size),
            "RETURN row_[0], kind_, count(*)",
        ]
    )


def unfound_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves an indicator's findings which the sweep has not found, and counts them.

    Its further parameter is the indicator's name.
    """
    return _resolved(["MATCH (f_:Finding)", f"WHERE f_.key IS NOT NULL AND f_.indicator = {ABOUT}"], batch_size)


def unlooked_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves the findings of subjects that were looked at, which the sweep has not found.

    Its further parameter are rows of an indicator's place and name, the subject's id, and the subject's place.
    """
    found = [
        f"UNWIND {ABOUT} AS row_",
        "MATCH (node_) WHERE elementId(node_) = row_[2]",
        "MATCH (node_)<-[r_:HAS_SUBJECT]-(f_:Finding)",
        "WHERE r_.place = row_[3] AND f_.indicator = row_[1]",
    ]
    return _resolved(found, batch_size, place="row_[0]")


def _body(question: Question, body: str) -> str:
    places = {one.name: f"$p[{_FIRST + place}]" for place, one in enumerate(question.parameters)}
    return replace_parameters(body, places).rstrip("\n")


def asked(question: Question) -> list[str]:
    """Return the lines that give all of a question's rows."""
    return ["CALL () {", _body(question, question.body), "}"]


def batches(size: int) -> str:
    """Return the line that ends what is done for each row, in batches."""
    return f"}} IN TRANSACTIONS OF {int(size)} ROWS {_RETRY}"


def kept(question: Question) -> str:
    """Return what a finding keeps of a row: its key, values, facts and nodes."""
    nodes = ", ".join(column.name for column in node_columns(question))
    return (
        f"{key_expression(question)} AS key_, {values_expression(question)} AS values_, "
        f"{facts_expression(question)} AS facts_, [{nodes}] AS nodes_"
    )


def _upsert() -> list[str]:
    """Return the lines that write one finding from `about_`, `key_`, `values_`, `facts_` and `nodes_`."""
    return [
        "MERGE (f_:Finding {key: key_})",
        f"  ON CREATE SET f_.indicator = {NAME}, f_.version = 0, f_.firstSeenAt = {NOW}, f_.since = {DAY}",
        f"SET f_.seenBy = {RUN}",
        "WITH *, f_.status AS before_, f_.facts <> facts_ AS changed_,",
        f"  f_.weight <> {WEIGHS} AS reweighed_, f_.thresholds <> {THRESHOLDS} AS moved_",
        "WITH *, CASE",
        "  WHEN before_ IS NULL THEN 'OPENED'",
        "  WHEN before_ = 'RESOLVED' THEN 'REOPENED'",
        f"  WHEN before_ = 'DISMISSED' AND (changed_ OR f_.dismissedUntil < {DAY}) THEN 'REOPENED'",
        "  WHEN before_ <> 'DISMISSED' AND (changed_ OR moved_) THEN 'CHANGED'",
        "END AS kind_",
        f"SET f_.lastSeenAt = {NOW}",
        *_when("before_ IS NULL OR f_.values <> values_", ["SET f_.values = values_"]),
        *_evidence(),
        *_when(
            f"kind_ IS NOT NULL OR reweighed_ OR moved_ OR f_.source <> {SOURCE}",
            [
                f"SET f_.thresholds = {THRESHOLDS}, f_.source = {SOURCE}, f_.severity = {SEVERITY},",
                f"  f_.weight = {WEIGHS}",
            ],
        ),
        *_when(
            "kind_ = 'REOPENED'",
            [
                f"SET f_.since = CASE before_ WHEN 'RESOLVED' THEN {DAY} ELSE f_.since END,",
                "  f_.dismissedReason = null, f_.dismissedUntil = null",
            ],
        ),
        *_change("kind_", "CASE kind_ WHEN 'OPENED' THEN 'OPEN' WHEN 'REOPENED' THEN 'REOPENED' ELSE before_ END"),
        *weigh_lines("kind_ IN ['OPENED', 'REOPENED'] OR reweighed_"),
    ]


def _evidence() -> list[str]:
    """Return the lines that link the row's nodes: its subjects once, its evidence anew when it changed."""
    return [
        "FOREACH (old_ IN CASE WHEN changed_ THEN COLLECT { MATCH (f_)-[r_:HAS_EVIDENCE]->() RETURN r_ } ELSE [] END |"
        " DELETE old_)",
        *_when(
            "before_ IS NULL OR changed_",
            [
                "SET f_.facts = facts_",
                f"FOREACH (place_ IN range(0, size({_SUBJECTS}) - 1) |",
                f"  FOREACH (one_ IN [x_ IN [nodes_[{_SUBJECTS}[place_]]] WHERE x_ IS NOT NULL] |",
                "    MERGE (f_)-[r_:HAS_SUBJECT]->(one_) ON CREATE SET r_.place = place_",
                "))",
                "FOREACH (place_ IN range(0, size(nodes_) - 1) |",
                "  FOREACH (one_ IN [x_ IN [nodes_[place_]] WHERE x_ IS NOT NULL] |",
                f"    CREATE (f_)-[:HAS_EVIDENCE {{column: {_COLUMNS}[place_], place: place_}}]->(one_)",
                "))",
            ],
        ),
    ]


def _resolved(found: list[str], batch_size: int, *, place: str = "0") -> str:
    return "\n".join(
        [
            "CYPHER 25",
            *found,
            f"  AND f_.status IN {list(ALIVE)} AND f_.seenBy <> {RUN}",
            "CALL (f_) {",
            f"  {FENCE}",
            f"  SET f_.resolvedBy = {RUN}",
            "  WITH f_, f_.status AS before_, f_.values AS values_, 'RESOLVED' AS kind_",
            "  SET f_.dismissedReason = null, f_.dismissedUntil = null",
            *(f"  {line}" for line in _change("kind_", "'RESOLVED'")),
            *(f"  {line}" for line in weigh_lines("true")),
            "  RETURN kind_",
            batches(batch_size),
            f"RETURN {place}, kind_, count(*)",
        ]
    )


def _change(condition: str, after: str) -> list[str]:
    """Return the lines that give a finding its next status and note it as a change of its own."""
    return _when(
        f"{condition} IS NOT NULL",
        [
            f"SET f_.status = {after}, f_.version = f_.version + 1",
            "CREATE (f_)-[:HAS_CHANGE]->(:FindingChange {key: f_.key + '/' + toString(f_.version), kind: kind_,"
            f" at: {NOW}, actor: '{ACTOR}', from: before_, to: f_.status, values: values_,"
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
