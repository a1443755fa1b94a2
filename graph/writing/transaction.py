"""One writing transaction: what it writes, what it keeps of the values that it replaces, and what it touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from graph.errors import BadInput
from graph.model import Node, Relationship
from graph.store.connections import Parameters, Rows, Run
from graph.writing.assertions import (
    FORGET,
    KEEP,
    WITHDRAW,
    Judge,
    Known,
    Verdict,
    gives_statement,
    judged,
    known_statement,
    superseded,
)
from graph.writing.change_log import EVERYTHING, Touched, append, lock
from graph.writing.comparing import CREATED, compared_links_statement, compared_statement
from graph.writing.derived import keep_derived
from graph.writing.facts import Fact, Nodes, Row
from graph.writing.precedence import precedence
from graph.writing.rows import RowCheck, apart, pass_over, values_of
from graph.writing.said import ENDS, SAY, UNSAY, KnownLink, said_of_record, statement_of
from graph.writing.statements import (
    GIVEN,
    PROVENANCE,
    leaving_statement,
    lock_statement,
    node_statement,
    relationship_statement,
    removal_statement,
    replacing_statement,
)
from graph.writing.terms import Terms, link_of, node_of


class Transaction:
    """Writes checked rows in one transaction; made by `Writer.transact`.

    `held` are the link types for which derived properties were correct when it began. `done` counts what was done with
    nodes, by label: created, changed, contradicted, joined or unchanged (`graph/writing/assertions.py`).

    A node's row maps property names to values and includes `key`. A property that is not in the row is left as it is;
    `None` removes it. Dates are `date`, instants are aware `datetime`, points are `Position`, and enumerated values are
    the stored text. Folded twins are made here. A link's row has `start` and `end`, the keys of the two nodes. If its
    type has properties, the row also has a `key` and the properties. `BadInput`, which names the label and property but
    no value, undoes everything.
    """

    def __init__(self, run: Run, terms: Terms, held: Collection[str] = ()) -> None:
        self._run = run
        self._terms = terms
        self._held = held
        self._at = datetime.now(UTC)
        self.touched = Touched()
        self.done: dict[str, Counter[str]] = {}

    async def facts(self, facts: Iterable[Fact]) -> dict[str, int]:
        """Write facts in their order; return how many rows there were by label and type."""
        written: Counter[str] = Counter()
        for one in facts:
            if isinstance(one, Nodes):
                written[one.label] += (await self.nodes(one.label, one.rows, one.provenance))[0]
            else:
                written[one.type] += await self.links(one.type, one.start, one.end, one.rows)
        return dict(written)

    async def nodes(self, label: str, rows: Iterable[Row], provenance: Iterable[Row] | None = None) -> tuple[int, int]:
        """Write nodes of a label; return how many rows there were, and how many of the nodes existed before.

        With a source, each node's provenance is written too; `provenance` has its properties, row by row. Without one,
        it names the source of each as its `end`, and its own `key`. Raises `BadInput` when a source does not exist.
        """
        node = node_of(self._terms.model, label)
        check = RowCheck(label, node.all_properties)
        checked = [check.node(row) for row in rows]
        source = None if label == "Source" else self._terms.origin.source
        sourced = provenance is not None or source is not None
        if sourced:
            self._add_provenance(label, checked, provenance)
        present, done = 0, self.done.setdefault(label, Counter())
        for place, batch in enumerate([checked] if self._terms.fresh else apart(checked)):
            verdicts: dict[str, Verdict] = {}
            there: dict[str, str] = {}
            if not self._terms.fresh:
                there, verdicts = await self._judge(node, check, batch)
                present += len(there) if place == 0 else 0
                done.update(there.values() if place == 0 else ())
            statement = node_statement(node, fresh=self._terms.fresh, sourced=sourced, single=source is not None)
            ((written,),) = await self._run(statement, {"rows": batch, "at": self._at})
            _check_complete(cast(int, written), len(batch), PROVENANCE, label, "Source")
            await self._note_givers(node, verdicts)
            done[CREATED] += len(batch) - len(there) if place == 0 else 0
        self.touched.add(label, (row[0] for row in checked))
        return len(checked), present

    async def links(self, kind: str, start: str, end: str, rows: Iterable[Row]) -> int:
        """Write links of a type between two labels and return how many rows there were.

        A link with a key whose row now names other ends is moved there. Raises `BadInput` when a row names a node that
        does not exist.
        """
        relationship = link_of(self._terms.model, kind, start, end)
        check = RowCheck(kind, {p.name: p for p in relationship.properties})
        checked = [check.relationship(row) for row in rows]
        keyed, source = bool(relationship.properties) and kind != PROVENANCE, self._terms.origin.source_key
        for batch in apart(checked, place=2) if keyed and not self._terms.fresh else [checked]:
            if keyed and not self._terms.fresh:
                await self._keep_links(relationship, batch)
            sourced = source is not None and kind != PROVENANCE and not self._terms.fresh
            statement = relationship_statement(relationship, fresh=self._terms.fresh, sourced=sourced)
            ((written,),) = await self._run(statement, {"rows": batch, "source": source})
            _check_complete(cast(int, written), len(batch), kind, start, end)
        self.touched.add(start, (row[0] for row in checked))
        if kind != PROVENANCE:
            self.touched.add(end, (row[1] for row in checked))
        return len(checked)

    async def leave_others(self, kind: str, start: str, end: str, ends: Mapping[str, str | None]) -> set[str]:
        """Delete the links of each start to ends other than the given one, or to all ends when none is given.

        Returns the keys of the nodes at the other end of deleted links; each is kept as an assertion about its start.
        """
        rows = [[key, given] for key, given in ends.items()]
        left = cast(
            list[tuple[str, str, str | None]],
            await self._run(replacing_statement(link_of(self._terms.model, kind, start, end)), {"rows": rows}),
        )
        await self.keep({**self._ended(start, key, kind, other), "end": end, GIVEN: by} for key, other, by in left)
        self.touched.add(start, (key for key, _, _ in left))
        self.touched.add(end, (other for _, other, _ in left))
        return {other for _, other, _ in left}

    async def remove(self, label: str, keys: Iterable[str]) -> set[str]:
        """Delete nodes with their links and assertions, and return the keys of those that existed.

        If they had links, the change log says that anything may have been touched, because findings about the deleted
        nodes can no longer be reached from their keys.
        """
        statement = removal_statement(node_of(self._terms.model, label))
        found = cast(list[tuple[str, list[list[str]]]], await self._run(statement, {"keys": sorted(keys)}))
        removed = {key for key, _ in found}
        if removed:
            for statement in (FORGET, UNSAY):
                await self._run(statement, {"keys": sorted(removed), "of": label})
        for _, linked in found:
            for other, key in linked:
                self.touched.add(other, [key])
                self.touched.whole.add(EVERYTHING)
        self.touched.add(label, removed)
        return removed

    async def lock(self, label: str, keys: Iterable[str]) -> None:
        """Lock these nodes against other transactions, before reading something that must stay true until the end."""
        await self._run(lock_statement(node_of(self._terms.model, label)), {"keys": sorted(keys)})

    async def run(self, statement: str, parameters: Parameters = None) -> Rows:
        """Run a statement: one that reads, or one that writes what the caller adds to `touched`."""
        return await self._run(statement, parameters)

    async def derive(self) -> None:
        """Bring the derived properties of what was touched up to date."""
        if not self._terms.fresh:
            await keep_derived(self._run, self.touched.records, self._held, model=self._terms.model)

    async def finish(self, *, most_named: int) -> int | None:
        """Take the transaction's number and add its entry to the change log; do nothing when nothing was touched.

        Derived properties are brought up to date while the log is locked, so that they take everything into account
        that is committed.
        """
        if not self.touched.records and not self.touched.whole:
            return None
        await lock(self._run)
        await self.derive()
        self.touched = self.touched.shortened(most_named)
        return await append(self._run, self._terms.origin, self.touched)

    def _add_provenance(self, label: str, checked: list[list[Any]], provenance: Iterable[Row] | None) -> None:
        relationship = link_of(self._terms.model, PROVENANCE, label, "Source")
        check = RowCheck(PROVENANCE, {p.name: p for p in relationship.properties})
        source = self._terms.origin.source
        given = [{} for _ in checked] if provenance is None else list(provenance)
        for row, one in zip(checked, given, strict=True):
            ours = {"end": source.key, "key": f"{row[0]} in {source.key}"} if source else {}
            row += check.relationship({"start": row[0], **ours, **one})[1:]

    async def _judge(
        self, node: Node, check: RowCheck, batch: Sequence[list[Any]]
    ) -> tuple[dict[str, str], dict[str, Verdict]]:
        """Decide what the rows replace, remove from them what they do not change, and keep what they replace.

        Returns what the rows do with the nodes that exist, by their keys, and the verdicts.
        """
        origin = self._terms.origin
        names = judged(node.all_properties)
        statement = compared_statement(node, names, check.points)
        parameters = {"rows": batch, "source": origin.source_key, "system": origin.system}
        ((found,),) = await self._run(statement, parameters)
        compared = cast(list[tuple[str, bool, str]], found)
        there, keys = {key: kind for key, _, kind in compared}, [key for key, judging, _ in compared if judging]
        if not keys:
            return there, {}
        judge = Judge(node.label, names, origin, self._at, precedence())
        rows = {row[0]: row for row in batch}
        verdicts, said = {}, []
        for known in await self.known(node, keys):
            row = rows[known.key]
            given = {name: value for name, value in values_of(row, check.points).items() if name in names}
            verdict = judge.judge(known, given)
            if node.label != "Source":
                said += said_of_record(node, known, statement_of(origin, self._at, given), verdict)
            pass_over(row, node, check.points, verdict.passed_over)
            verdicts[known.key] = verdict
        kept = [one for verdict in verdicts.values() for one in verdict.kept]
        await self.keep(kept, points=check.points)
        await self.say(said)
        if withdrawn := [key for verdict in verdicts.values() for key in verdict.withdrawn]:
            await self._run(WITHDRAW, {"keys": withdrawn, "at": self._at, "by": origin.actor})
        return there, verdicts

    async def known(self, node: Node, keys: Iterable[str]) -> list[Known]:
        """Return what is known about nodes of a label."""
        rows = await self._run(known_statement(node), {"keys": sorted(keys)})
        return [Known.of(row) for row in rows]

    async def _note_givers(self, node: Node, verdicts: Mapping[str, Verdict]) -> None:
        rows = [[key, source, names] for key, one in verdicts.items() for source, names in one.gives.items()]
        if rows:
            await self._run(gives_statement(node), {"rows": rows})

    async def _keep_links(self, relationship: Relationship, batch: Sequence[list[Any]]) -> None:
        """Keep the values that keyed links lose, and delete the links whose rows now name other ends."""
        kept: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        moved = False
        rows = {row[2]: row for row in batch}
        origin = self._terms.origin
        parameters = {"rows": batch, "source": origin.source_key}
        for key, *found in cast(list[Any], await self._run(compared_links_statement(relationship), parameters)):
            link = KnownLink.of(relationship, key, found)
            lost = link.lost(rows[key])
            kept += [self._ended(relationship.type, key, name, value) for name, value in lost.items()]
            moved = moved or not ENDS.isdisjoint(lost)
            said += link.said(statement_of(origin, self._at, link.given(rows[key])), changes=bool(lost))
        await self.keep(kept)
        await self.say(said)
        if moved:
            for _, *nodes in cast(list[Any], await self._run(leaving_statement(relationship), {"rows": batch})):
                for label, key in zip(nodes[::2], nodes[1::2], strict=True):
                    self.touched.add(label, [key])

    def _ended(self, of: str, about: str, name: str, value: object) -> dict[str, Any]:
        """Return an assertion whose source is unknown."""
        return superseded(of, about, name, value, self._terms.origin, self._at)

    async def say(self, said: Sequence[Mapping[str, Any]]) -> None:
        """Keep statements, given as the properties of their nodes."""
        if said:
            await self._run(SAY, {"rows": said})

    async def keep(self, kept: Iterable[Mapping[str, Any]], *, points: Sequence[str] = ()) -> None:
        """Keep assertions, given as the properties of their nodes; `points` are properties that hold positions."""
        rows = []
        for one in kept:
            given = one["property"] in points and type(one["value"]) is tuple  # not yet a position of the driver
            rows.append([{**one, "value": None}, [one["value"]]] if given else [one, []])
        if rows:
            await self._run(KEEP, {"rows": rows})


def _check_complete(written: int, wanted: int, kind: str, start: str, end: str) -> None:
    if written < wanted:
        raise BadInput(
            f"{wanted - written} rows of {kind} name a node that is not in the graph; write {start} and {end} first"
        )
