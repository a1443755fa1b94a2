"""Whether derived properties and folded twins can be trusted: a mark says for how many links and nodes they are right.

The mark holds the number of links of each type that a derived property depends on. Whatever writes through Sightline
keeps derived properties correct and renews the mark. When another program adds or deletes links, their number no longer
matches the mark. What depends on that type is then not read until somebody runs `sightline db derive --refresh`. When
another program changes a property, such as the day of a release, the number stays the same, so this command must be run
by hand. For each label with folded properties the mark holds the number of its nodes in the same way: where it matches,
every text has its twin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from graph.cypher import Match, Parameter, Printable, PropertyOf, Step, Variable, all_of, count, exists, infix
from graph.model import MODEL, Days, Derived, LatestDay, Model
from graph.model.arrows import arrow
from graph.store import Store
from graph.store.connections import Run

MARK = "KeptCounts"
"""The label of the one node that is the mark; it is not part of the model."""
MARK_SECONDS = 120.0
"""Deadline of a statement that reads or writes the mark."""
_FIRST_NAMES: Mapping[str, str] = {"HAS_PLACEMENT": "placements", "WITH_SPONSOR": "sponsored"}
"""What version 0.1 called the numbers of two types; all other numbers have the name of their type."""

Touched = Mapping[str, Collection[str]]
"""Keys of nodes that were written, by label."""


async def mark_derived(store: Store, model: Model = MODEL) -> None:
    """Mark all derived properties as correct for the graph as it is now, so that questions read them."""
    if statement := renewal(derived_types(model), model=model):
        await store.write(statement, timeout=MARK_SECONDS)


async def mark_folded(store: Store, model: Model = MODEL) -> None:
    """Mark the folded twins of all labels as correct for the graph as it is now, so that searches read only them."""
    if statement := _renewed(folded_labels(model), f"MERGE (mark:{MARK})", model):
        await store.write(statement, timeout=MARK_SECONDS)


async def read_held(run: Run, model: Model = MODEL) -> list[str]:
    """Return the link types and labels whose number matches the mark: what depends only on these is correct.

    `run` runs a statement, before anything is written in its transaction. Another transaction may be committed while
    the mark and the numbers are read, so a difference is checked again.
    """
    for _ in range(2):
        ((found,),) = await run(held_statement(model), None)
        held = cast(list[str], found)
        if len(held) == len(_marked(model)):
            break
    return held


def derived_types(model: Model) -> list[str]:
    """Return the relationship types that derived properties depend on, in the order of their names."""
    return sorted({kind for one in _all(model) for kind in one.types})


def folded_labels(model: Model) -> list[str]:
    """Return the labels that have folded properties."""
    return [node.label for node in model.nodes if any(prop.folded for prop in node.properties)]


def _marked(model: Model) -> list[str]:
    return [*derived_types(model), *folded_labels(model)]


def held_statement(model: Model = MODEL) -> str:
    """Return the statement that reads what `read_held` returns; the database answers it from its own counts."""
    numbers = ", ".join(f"['{kind}', mark.{_name(kind)}, {_number(kind, model)}]" for kind in _marked(model))
    found = "[number IN numbers WHERE number[1] = number[2] | number[0]]"
    return f"CYPHER 25 OPTIONAL MATCH (mark:{MARK}) WITH mark LIMIT 1 WITH [{numbers}] AS numbers RETURN {found}"


def renewal(held: Iterable[str], touched: Touched | None = None, *, model: Model = MODEL) -> str:
    """Return the statement that renews the mark for the types and labels in `held`; empty when there are none.

    With `touched`, the keys of all nodes that were written, it looks for later days only there, and takes the keys as
    `$touched`; otherwise it looks everywhere. Run it in the transaction that wrote, after the statements of
    `graph.writing.derived`.
    """
    begin = f"MERGE (mark:{MARK})" if touched is None else f"MATCH (mark:{MARK})"
    renewed = _renewed(sorted(held), begin, model)
    return renewed and "\n".join([renewed, *_days(model, touched)])


def _renewed(kinds: Sequence[str], begin: str, model: Model) -> str:
    numbers = ", ".join(f"mark.{_name(kind)} = {_number(kind, model)}" for kind in kinds)
    return numbers and f"CYPHER 25 {begin}\nSET {numbers}"


def derived_hold(derived: Collection[Derived], day: Parameter) -> Printable:
    """Return the condition that derived properties are correct for a day; it reads only the mark.

    Raises `ValueError` when one of them is not valid for a day.
    """
    mark = Variable("mark")
    days = dict.fromkeys(one.days for one in derived)
    latest = [one for one in days if isinstance(one, LatestDay)]
    if Days.NONE in days:
        raise ValueError("a derived property does not answer for a day")
    types = sorted({kind for one in derived for kind in one.types})
    same = [
        infix("=", PropertyOf(mark, _name(kind)), count(Match(Variable(), steps=(Step(kind, ">"),)))) for kind in types
    ]
    begun = [infix("<=", PropertyOf(mark, one.name), day) for one in latest]
    return exists(Match(mark, MARK, where=all_of([*begun, *same])))


def folded_hold(label: str) -> Printable:
    """Return the condition that every folded text of a label's nodes has its twin; it reads only the mark."""
    mark = Variable("mark")
    return exists(Match(mark, MARK, where=infix("=", PropertyOf(mark, label), count(Match(Variable(), label)))))


def _all(model: Model) -> list[Derived]:
    return [one for properties in model.derived.values() for one in properties.values()]


def _name(kind: str) -> str:
    return _FIRST_NAMES.get(kind, kind)


def _number(kind: str, model: Model) -> str:
    return f"COUNT {{ (:{kind}) }}" if kind in model.labels else f"COUNT {{ ()-[:{kind}]->() }}"


def _days(model: Model, touched: Touched | None) -> list[str]:
    """Return a subquery for each latest day; an unknown day stays unknown unless all facts are looked at."""
    days = dict.fromkeys(one.days for one in _all(model) if isinstance(one.days, LatestDay))
    if touched is None:
        return [_all_days(day) for day in days]
    return [_later_days(day) for day in days if day.label in touched]


def _all_days(day: LatestDay) -> str:
    latest = "CASE WHEN dated = facts THEN coalesce(latest, date('0001-01-01')) END"
    return f"WITH mark CALL (mark) {{ MATCH {_facts(day, '')} {_summed(day)} SET mark.{day.name} = {latest} }}"


def _later_days(day: LatestDay) -> str:
    known = f"CASE WHEN dated < facts THEN NULL WHEN latest > mark.{day.name} THEN latest ELSE mark.{day.name} END"
    facts = f"UNWIND $touched.{day.label} AS key MATCH {_facts(day, ' {key: key}')}"
    return f"WITH mark CALL (mark) {{ {facts} {_summed(day)} SET mark.{day.name} = {known} }}"


def _facts(day: LatestDay, key: str) -> str:
    return f"(fact:{day.label}{key}){arrow(day.hop)}()"


def _summed(day: LatestDay) -> str:
    value = f"fact.{day.property}"
    return f"WITH count(*) AS facts, count({value}) AS dated, max({value}) AS latest"
