"""The statements of a sweep: they write a question's rows as findings, and resolve those that are no longer found.

All values are passed in one list parameter `$p`: the run, the time, the day, and then the indicator of the findings.
Names that end in `_` are ours: no column has such a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.maintenance.lease import fence
from graph.writing.touched import POSITION
from queries.findings.columns import (
    facts_expression,
    key_expression,
    level_expression,
    node_columns,
    stored_expression,
    values_expression,
)
from queries.findings.impact import Reach
from queries.findings.thresholds import Indicator, node_keys
from queries.findings.weighing import ACTIVE, weigh_lines, when
from queries.library.cypher_text import replace_parameters
from queries.library.question import Question

BATCH_SIZE = 5_000
"""Rows per transaction."""
SWEEP_SECONDS = 3_600.0
"""Deadline for one indicator."""
ACTOR = "sweep"
ALIVE = (*ACTIVE, "DISMISSED")
"""The statuses of findings that the last sweep found."""

RUN, NOW, DAY, ABOUT = (f"$p[{place}]" for place in range(4))
_FIRST = 4
"""The position of the first value of a question's own parameters."""
NAME, _SEVERITIES, _WEIGHTS, SOURCE, THRESHOLDS, _COLUMNS, _SUBJECTS = (f"about_[{place}]" for place in range(7))
"""The values that `about` gives for an indicator, by position."""
SEVERITY, WEIGHS = (f"{many}[level_]" for many in (_SEVERITIES, _WEIGHTS))
"""A row's own severity, and its weight."""
FENCE = fence(RUN)
"""A sweep that has lost the store's lease writes nothing."""
KEYED = "WHERE key_ IS NOT NULL"
"""A row about a node without a key cannot be kept."""
_RETRY = "ON ERROR RETRY FOR 30.0 SECONDS THEN FAIL"


@dataclass(frozen=True, slots=True)
class Occasion:
    """The run of a sweep, its time, and the day that it is for."""

    run: str
    now: datetime
    day: date

    def parameters(self, *values: object) -> dict[str, object]:
        """Return a statement's parameters."""
        return {"p": [self.run, self.now, self.day, *values]}


def about(indicator: Indicator, day: date) -> list[object]:
    """Return a statement's values for an indicator on a day: what findings say, its node columns, and its subjects."""
    question = indicator.question
    columns = [column.name for column in node_columns(question)]
    return [
        indicator.name,
        [severity.value for severity in question.severities],
        list(indicator.weights),
        question.source_on(day),
        indicator.thresholds_text,
        columns,
        [columns.index(name) for name in node_keys(question)],
    ]


def asked_statement(question: Question) -> str:
    """Return the reading statement for all of a question's rows.

    Its parameters are those of the day, then the question's own after an empty one. For each row it returns what a
    finding keeps of it: its key, values, facts, the ids of its nodes, level, and what it stores in its own types.
    """
    return "\n".join(
        [
            "CYPHER 25",
            "CALL () {",
            _body(question, question.body),
            "}",
            f"WITH {', '.join(column.name for column in question.columns)}, {kept(question)}",
            KEYED,
            f"RETURN key_, values_, facts_, [{_ids(question)}] AS ids_, level_, stored_",
        ]
    )


def looked_statement(question: Question, reach: Reach) -> str:
    """Return the reading statement that asks a question only about some subjects.

    Its parameters are those of `asked_statement`, then the list of the subjects' keys. For each row it returns a list:
    the database's id of the subject, and what `asked_statement` returns, with a null key if the subject has no row.
    """
    columns = ", ".join(column.name for column in question.columns)
    return "\n".join(
        [
            "CYPHER 25",
            f"UNWIND $p[{_FIRST + len(question.parameters)}] AS subject_",
            f"MATCH ({reach.column}:{reach.label} {{key: subject_}})",
            f"OPTIONAL CALL ({reach.column}) {{",
            _body(question, reach.body),
            "}",
            f"WITH {columns}, own_, {kept(question)}",
            f"RETURN collect([elementId({reach.column}), CASE WHEN own_ IS NOT NULL THEN key_ END, values_, facts_,"
            f" [{_ids(question)}], level_, stored_])",
        ]
    )


def rows_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that writes rows as findings that were read before.

    Its additional parameters are the values of `about` for each indicator; and rows of an indicator's position in that
    list, and what `asked_statement` returns of a row. It returns the position, the kind of a change and the number of
    findings.
    """
    return "\n".join(
        [
            "CYPHER 25",
            f"UNWIND $p[{_FIRST}] AS row_",
            "CALL (row_) {",
            f"  {FENCE}",
            f"  WITH {ABOUT}[row_[0]] AS about_, row_[1] AS key_, row_[2] AS values_, row_[3] AS facts_,",
            "    row_[5] AS level_, row_[6] AS stored_, COLLECT {",
            "    UNWIND row_[4] AS id_ OPTIONAL MATCH (node_) WHERE elementId(node_) = id_ RETURN node_",
            "  } AS nodes_",
            *(f"  {line}" for line in _upsert()),
            "  RETURN kind_",
            batches(batch_size),
            "RETURN row_[0], kind_, count(*)",
        ]
    )


def unfound_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves an indicator's findings that the sweep has not found, and counts them.

    Its additional parameter is the indicator's name.
    """
    return resolved(["MATCH (f_:Finding)", f"WHERE f_.key IS NOT NULL AND f_.indicator = {ABOUT}"], batch_size)


def unlooked_statement(*, batch_size: int = BATCH_SIZE) -> str:
    """Return the statement that resolves the findings that the sweep has not found about the subjects it looked at.

    Its additional parameter is a list of rows: an indicator's position and name, the subject's id, and the subject's
    position. It also returns the keys of the findings.
    """
    found = [
        f"UNWIND {ABOUT} AS row_",
        "MATCH (node_) WHERE elementId(node_) = row_[2]",
        "MATCH (node_)<-[r_:HAS_SUBJECT]-(f_:Finding)",
        "WHERE r_.place = row_[3] AND f_.indicator = row_[1]",
    ]
    return f"{resolved(found, batch_size, place='row_[0]')}, collect(f_.key)"


def _body(question: Question, body: str) -> str:
    places = {one.name: f"$p[{_FIRST + place}]" for place, one in enumerate(question.parameters)}
    return replace_parameters(body, places).rstrip("\n")


def _ids(question: Question) -> str:
    return ", ".join(f"elementId({column.name})" for column in node_columns(question))


def batches(size: int) -> str:
    """Return the line that ends what is done for each row, in batches."""
    return f"}} IN TRANSACTIONS OF {int(size)} ROWS {_RETRY}"


def kept(question: Question) -> str:
    """Return what a finding keeps of a row: key, values, facts, place of its severity, and what it stores."""
    return (
        f"{key_expression(question)} AS key_, {values_expression(question)} AS values_, "
        f"{facts_expression(question)} AS facts_, {level_expression(question)} AS level_, "
        f"{stored_expression(question)} AS stored_"
    )


def _upsert() -> list[str]:
    """Return the lines that write a finding from `about_` and what `kept` names, once for each key."""
    return [
        "MERGE (f_:Finding {key: key_})",
        f"  ON CREATE SET f_.indicator = {NAME}, f_.version = 0, f_.firstSeenAt = {NOW}, f_.since = {DAY}",
        f"WITH * WHERE f_.seenBy IS NULL OR f_.seenBy <> {RUN}",
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
        *when(
            "before_ IS NULL OR f_.values <> values_"
            f" OR coalesce(f_.{POSITION}, '') <> coalesce(stored_.{POSITION}, '')",
            ["SET f_.values = values_, f_ += stored_"],
        ),
        *_evidence(),
        *when(
            f"kind_ IS NOT NULL OR reweighed_ OR moved_ OR f_.source <> {SOURCE} OR f_.severity <> {SEVERITY}",
            [
                f"SET f_.thresholds = {THRESHOLDS}, f_.source = {SOURCE}, f_.severity = {SEVERITY},",
                f"  f_.weight = {WEIGHS}",
            ],
        ),
        *when(
            "kind_ = 'REOPENED'",
            [
                f"SET f_.since = CASE before_ WHEN 'RESOLVED' THEN {DAY} ELSE f_.since END,",
                "  f_.dismissedReason = null, f_.dismissedUntil = null",
            ],
        ),
        *_change("kind_", "CASE kind_ WHEN 'OPENED' THEN 'OPEN' WHEN 'REOPENED' THEN 'REOPENED' ELSE before_ END"),
        *weigh_lines("kind_ IN ['OPENED', 'REOPENED'] OR reweighed_", DAY),
    ]


def _evidence() -> list[str]:
    """Return the lines that link the row's nodes: its subjects once, and its evidence again when it has changed."""
    return [
        "FOREACH (old_ IN CASE WHEN changed_ THEN COLLECT { MATCH (f_)-[r_:HAS_EVIDENCE]->() RETURN r_ } ELSE [] END |"
        " DELETE old_)",
        *when(
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


def resolved(found: list[str], batch_size: int, *, place: str = "0", reason: str = "null") -> str:
    """Return the statement that resolves and counts the findings `f_` of these lines that the sweep has not seen."""
    return "\n".join(
        [
            "CYPHER 25",
            *found,
            f"  AND f_.status IN {list(ALIVE)} AND f_.seenBy <> {RUN}",
            "CALL (f_) {",
            f"  {FENCE}",
            f"  SET f_.resolvedBy = {RUN}",
            f"  REMOVE f_.{POSITION}",
            "  WITH f_, f_.status AS before_, f_.values AS values_, 'RESOLVED' AS kind_",
            "  SET f_.dismissedReason = null, f_.dismissedUntil = null",
            *(f"  {line}" for line in _change("kind_", "'RESOLVED'", reason)),
            *(f"  {line}" for line in weigh_lines("true", DAY)),
            "  RETURN kind_",
            batches(batch_size),
            f"RETURN {place}, kind_, count(*)",
        ]
    )


def _change(condition: str, after: str, reason: str = "null") -> list[str]:
    """Return the lines that give a finding its next status and record that as a change."""
    return when(
        f"{condition} IS NOT NULL",
        [
            f"SET f_.status = {after}, f_.version = f_.version + 1",
            "CREATE (f_)-[:HAS_CHANGE]->(:FindingChange {key: f_.key + '/' + toString(f_.version), kind: kind_,"
            f" at: {NOW}, actor: '{ACTOR}', from: before_, to: f_.status, values: values_,"
            f" thresholds: f_.thresholds, reason: {reason}}})",
        ],
    )
