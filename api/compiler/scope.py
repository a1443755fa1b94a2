"""The scope in which patterns and filters are made: the model, the actor's access, and the number of conditions.

Every pattern of nodes in a compiled statement is made here, so that none forgets which nodes the actor may see. Without
rules, a pattern is exactly what it would be if there were no such feature.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.access.policy import Access
from api.schema.limits import LARGEST_PAGE
from graph.cypher import (
    TRUE,
    Case,
    Clause,
    Degree,
    HasLabel,
    Item,
    ListOf,
    Literal,
    Match,
    Not,
    Printable,
    PropertyOf,
    Reduce,
    Related,
    ShortestPaths,
    Step,
    Unwind,
    Variable,
    With,
    all_of,
    any_of,
    call,
    collect,
    count,
    first_value,
    infix,
    returning,
)
from graph.errors import CostLimitExceeded, Forbidden
from graph.model import Model, Node, Property


@dataclass(frozen=True, slots=True)
class CompileLimits:
    """How large an operation may be: the largest page size, the number of lists and how deep they are nested, and the
    product of page sizes.

    `conditions` are those in the statement: members of the same form count once, however many there are.
    """

    page: int = LARGEST_PAGE
    lists: int = 40
    nested: int = 10
    cost: int = 500_000
    conditions: int = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """Which nodes of a label may be seen: `condition` makes the condition on a variable.

    A `refusal` says why none may be seen, for callers that ask for the label by name.
    """

    condition: Callable[[Variable], Printable]
    refusal: str = ""


@dataclass(slots=True, kw_only=True)
class Scope:
    """Makes patterns of nodes, and says which properties may be read; `rules` are by label."""

    model: Model
    access: Access
    bounds: CompileLimits
    rules: Mapping[str, Rule] = field(default_factory=dict)
    _conditions: int = 0

    def __post_init__(self) -> None:
        if missing := {rule.label for rule in self.access.rows} - self.rules.keys():
            raise ValueError(f"the rules of {min(missing)} are not compiled")

    def count_condition(self) -> None:
        """Count a condition in the statement; raises `CostLimitExceeded` when there are too many."""
        self._conditions += 1
        if self._conditions > self.bounds.conditions:
            raise CostLimitExceeded(
                f"The operation's filters have more than {self.bounds.conditions} conditions of different forms; "
                "give all members of a filter the same fields, or ask in several requests."
            )

    # --- properties -----------------------------------------------------------------------------------------------

    def allow(self, owner: str, prop: Property) -> Property:
        """Return the property of a label or a relationship's link; raises `Forbidden` when the actor may not see it."""
        if not self.access.may_read(owner, prop):
            raise Forbidden(f"Your role may not read {owner}.{prop.name}; leave it out.")
        return prop

    def value(self, node: Node, subject: Variable, name: str) -> PropertyOf:
        """Return a node's property that the actor may see."""
        return PropertyOf(subject, self.allow(node.label, node.named(name)).name)

    # --- nodes ----------------------------------------------------------------------------------------------------

    @property
    def seen(self) -> tuple[str, ...]:
        """The labels that have nodes the actor may see, in the order of the model."""
        return tuple(label for label in self.model.labels if label not in self.rules or not self.rules[label].refusal)

    def visible(self, node: Variable, labels: Collection[str] | None = None) -> Printable:
        """Return the condition that the actor may see a node with one of the labels, or with any if none are given."""
        possible = self.model.labels if labels is None else labels
        ruled = [label for label in self.rules if label in possible]
        if len(possible) == 1:
            return all_of([self.rules[label].condition(node) for label in ruled])
        return all_of([any_of([Not(HasLabel(node, label)), self.rules[label].condition(node)]) for label in ruled])

    def match(
        self,
        start: Variable,
        label: str | None = None,
        *,
        steps: Sequence[Step] = (),
        where: Printable = TRUE,
        optional: bool = False,
    ) -> Match:
        """Return the `MATCH` of a path whose nodes the actor may see; a start without a label is already bound.

        Raises `Forbidden` if the actor may see no nodes of a label.
        """
        guards = [] if label is None else [self._named(start, label)]
        guarded: list[Step] = []
        for step in steps:
            step, guard = self._step(step)
            guarded.append(step)
            guards.append(guard)
        return Match(start, label, tuple(guarded), all_of([where, *guards]), optional)

    def related(
        self,
        start: Variable,
        relationship: Variable,
        node: Variable,
        types: Iterable[str],
        *,
        where: Printable = TRUE,
        outward: bool = False,
    ) -> Related:
        """Return the `MATCH` of one step from a bound node along any of these types, to nodes the actor may see."""
        types = tuple(types)
        guard = self.visible(node, self._reached(types, ">" if outward else "-"))
        return Related(start, relationship, node, types, all_of([where, guard]), outward)

    def shortest_paths(
        self,
        path: Variable,
        ends: tuple[Variable, Variable],
        step: tuple[Variable, Variable, Variable],
        types: Iterable[str],
        *,
        hops: tuple[int, Printable],
        follow: Callable[[Variable], Printable],
        passed: Callable[[Variable], Printable],
    ) -> tuple[Clause, ...]:
        """Return the clauses that bind the shortest paths between two bound nodes, through nodes the actor may see.

        A `step` leads from a node by a relationship to another. `follow` says which relationships are followed, and
        `passed` which nodes paths may lead through. `hops` are the most steps that can be asked for, and those that
        are. The database's search cannot apply rules, so with rules the nodes on the way are found first, ring by ring.
        """
        before, relationship, node = step
        (start, end), types = ends, tuple(types)
        if not self.rules:
            ways = ((before, start), (node, end))
            passable = all_of([any_of([infix("=", one, at), passed(one)]) for one, at in ways])
            where = all_of([follow(relationship), passable])
            return (ShortestPaths(path, start, end, before, relationship, node, types, hops[0], where),)
        found = Variable("found")
        among = all_of([infix("IN", one, found) for one in (before, node)])
        return (
            Unwind(ListOf((self._around(start, end, types, hops[1], follow=follow, passed=passed),)), found),
            With((found,), where=infix("IN", end, found)),
            ShortestPaths(
                path, start, end, before, relationship, node, types, hops[0], all_of([follow(relationship), among])
            ),
        )

    def _around(
        self,
        start: Variable,
        end: Variable,
        types: Iterable[str],
        hops: Printable,
        *,
        follow: Callable[[Variable], Printable],
        passed: Callable[[Variable], Printable],
    ) -> Printable:
        """Return a list of a node and the nodes around it that paths may lead through, until the end is among them."""
        grown, turn, ring = Variable("grown"), Variable("i"), Variable("ring")
        one, link, other = Variable("m"), Variable("r"), Variable("n")
        seen, last = Item(grown, 0), Item(grown, 1)
        new = all_of([follow(link), Not(infix("IN", other, seen)), any_of([infix("=", other, end), passed(other)])])
        further = collect(
            Unwind(last, one),
            self.related(one, link, other, types, where=new),
            With((other,), distinct=True),
            returning(other),
        )
        both = first_value(With(((further, ring),)), returning(ListOf((infix("+", seen, ring), ring))))
        beginning = ListOf((ListOf((start,)), ListOf((start,))))
        rings = call("range", Literal(1), hops)
        return Item(Reduce(grown, beginning, turn, rings, Case(infix("IN", end, seen), grown, both)), 0)

    def degree(self, node: Variable, of: Sequence[str] = (), direction: str = "-") -> Printable:
        """Return the number of a bound node's links, of all types or of some, to nodes that the actor may see.

        If no rule applies to those nodes, it is read, not counted. It is 0 if the actor may see none of them.
        """
        types = tuple(of) or tuple(sorted(self.model.types))
        reached = self._reached(types, direction)
        if not reached & self.rules.keys():
            return Degree(node, tuple(of), direction)
        if reached.isdisjoint(self.seen):
            return Literal(0)
        other = Variable("other")
        step = Step("|".join(types), direction, other)
        return count(Match(node, steps=(step,), where=self.visible(other, reached)))

    def _reached(self, types: Iterable[str], direction: str) -> frozenset[str]:
        """Return the labels of the nodes to which relationships of some types lead, in the direction of a hop."""
        kept = [one for one in self.model.relationships if one.type in types]
        ends = {one.end for one in kept} if direction != "<" else set()
        return frozenset(ends | ({one.start for one in kept} if direction != ">" else set()))

    def _named(self, node: Variable, label: str) -> Printable:
        rule = self.rules.get(label)
        if rule is None:
            return TRUE
        if rule.refusal:
            raise Forbidden(rule.refusal)
        return rule.condition(node)

    def _step(self, step: Step) -> tuple[Step, Printable]:
        """Return a step whose node has a name if it needs one, and the condition that the actor may see the node."""
        labels = frozenset({step.label}) if step.label else self._reached([step.type], step.direction)
        ruled = labels & self.rules.keys()
        if not ruled:
            return step, TRUE
        if step.quantifier:
            raise Forbidden(
                f"Your role sees only some records of type {min(ruled)}, and this leads through any number of them; "
                "ask for something else."
            )
        step = step if step.node else replace(step, node=Variable("x"))
        assert step.node is not None
        return step, self._named(step.node, min(labels)) if len(labels) == 1 else self.visible(step.node, labels)
