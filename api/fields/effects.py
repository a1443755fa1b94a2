"""Mutations: each has an input, an effect that is carried out in one transaction, and a payload that shows the result.
What a payload shows of the graph is read after the effect, and compiled like any other selection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from api.compiler.awaited import Effect, Surroundings
from api.compiler.context import Context
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Converted, Request, resolved
from api.compiler.projection import Projection, optional
from api.compiler.shapes import Binding, Made
from api.fields.field import Capability, CompiledObject, Declared, Field, Input, MadeObject, Mutation, told
from api.schema.registry import Argument
from graph.cypher import NULL, Parameter, PropertyOf, Variable, first_value, infix, returning
from queries.findings.review import Complaint


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a mutation: the keys of the nodes that the payload shows, by the names of its fields, and why
    nothing was changed, if nothing was."""

    keys: Mapping[str, str | None] = field(default_factory=dict)
    errors: Sequence[Complaint] = ()


Act = Callable[[Mapping[str, object], Surroundings], Awaitable[Outcome]]
"""Carries a mutation out, given its input; raises `Forbidden` when the actor may not do that."""


@dataclass(frozen=True, slots=True, eq=False)
class Acting(Effect):
    """An effect that is given the mutation's input."""

    act: Act
    input: Mapping[str, object]

    blank = Outcome()

    async def carry_out(self, request: Request, surroundings: Surroundings) -> object:
        """Return the `Outcome`."""
        return await self.act(cast(Mapping[str, object], resolved(self.input, request)), surroundings)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A mutation and its types."""

    field: Mutation
    types: tuple[Declared, ...]


def mutation(
    name: str, doc: str, inputs: Sequence[Argument], shown: Sequence[Field[[Effect], Projection]], act: Act
) -> Declaration:
    """Return a mutation; its payload shows these fields, and the errors that kept it from changing anything."""
    stem = name[0].upper() + name[1:]
    given = Argument("input", f"{stem}Input!", "What to do.")
    payload = CompiledObject(f"{stem}Payload", f"What became of {name}.", (*shown, ERRORS))

    def compiled(ctx: Context, selection: Selection) -> tuple[Effect, Projection]:
        effect = Acting(act, cast(Mapping[str, object], selection.given(given.name)))
        return effect, payload.part(ctx, selection, effect)

    return Declaration(
        Mutation(name, f"{payload.name}!", doc, compiled, (given,)),
        (Input(f"{stem}Input", f"What {name} is given.", inputs), payload),
    )


def affected(name: str, label: str, doc: str) -> Field[[Effect], Projection]:
    """Return a payload's field that shows the node with a label that the outcome names for it."""

    def key(outcome: object) -> object:
        assert isinstance(outcome, Outcome)
        return outcome.keys.get(name)

    def compiled(ctx: Context, selection: Selection, effect: Effect) -> Projection:
        node = Variable(label[0].lower())
        part = node_part(ctx, ctx.model.node(label), node, ctx.operation.fields(selection, label))
        match = ctx.match(node, label, where=infix("=", PropertyOf(node, "key"), Parameter(Converted(effect, key))))
        return optional(part, first_value(match, returning(part.expression)))

    return Field(name, label, doc, compiled)


def _errors(ctx: Context, selection: Selection, effect: Effect) -> Projection:
    outcome = ctx.local(effect)
    make = ERROR.maker(ctx, selection)

    def made(_: object, bound: Binding) -> list[object]:
        return [make(one, bound) for one in bound.local(outcome).errors]

    return Projection(NULL, Made(made))


ERROR: MadeObject[[]] = MadeObject(
    "MutationError",
    "Why a mutation changed nothing.",
    (
        told(
            "code",
            "String!",
            "BAD_USER_INPUT, NOT_FOUND, or CONFLICT when the finding has changed meanwhile.",
            lambda one: one.code,
        ),
        told("message", "String!", "A sentence that says what to do.", lambda one: one.message),
        told("path", "[String!]!", "The part of the input that it is about.", lambda one: list(one.path)),
    ),
)
ERRORS: Field[[Effect], Projection] = Field(
    "errors", "[MutationError!]!", "Why nothing was changed; empty when it was done.", _errors
)

CAPABILITY = Capability(types=(ERROR,))
