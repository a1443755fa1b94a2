"""Documents: parsed, checked against the limits, validated, and cached by their text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)

from api.documents.limits import Limits, check
from api.documents.uses import Uses, uses_of
from api.errors import ParseFailed, ValidationFailed
from graph.errors import BadInput, CostLimitExceeded

_ABORTED = " aborted."


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Document:
    """A document by its text, with its operations and fragments by name (None: the anonymous operation).

    As long as a text is cached it always gives the same object, so the object can be a weak key. `uses` are the
    arguments of the operations that were asked for, by name. `measured` are the names by which requests chose an
    operation that was then found not to be too large.
    """

    text: str
    node: DocumentNode
    operations: Mapping[str | None, OperationDefinitionNode]
    fragments: Mapping[str, FragmentDefinitionNode]
    uses: dict[str | None, Uses] = field(default_factory=dict)
    measured: set[str | None] = field(default_factory=set)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation to run, according to GetOperation in the specification; raises `BadInput`."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name in self.operations:
            return self.operations[name]
        if name is None:
            raise BadInput("The document has several operations; give the operationName of the one to run.")
        raise BadInput("The document has no operation of the name given as operationName.")

    def would_run(self, name: str | None) -> OperationType | None:
        """Return the type of the operation that the name chooses; None when it chooses none."""
        try:
            return self.operation(name).operation
        except BadInput:
            return None


class Documents:
    """Turns texts into valid documents for one schema; those used least recently are dropped."""

    def __init__(self, schema: GraphQLSchema, *, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._valid: OrderedDict[str, Document] = OrderedDict()
        self._tokens = 0
        self._rules = _rules(limits)

    def parse(self, text: str) -> Document:
        """Return the document of a text; raises `ParseFailed`, or `CostLimitExceeded` when it is too long."""
        known = self._valid.get(text)
        if known is not None:
            self._valid.move_to_end(text)
            return known
        limits = self._limits
        if len(text) > limits.text:
            raise CostLimitExceeded(
                f"The document has {len(text):,} characters; the limit is {limits.text:,}: pass values as variables."
            )
        try:
            node = parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
        except GraphQLSyntaxError as error:
            if error.message.endswith(_ABORTED):
                reason = error.message.removeprefix("Syntax Error: ").removesuffix(" Parsing aborted.")
                raise CostLimitExceeded(f"{reason.rstrip('.')}, which is the limit: ask for less at once.") from None
            raise ParseFailed([error]) from None
        return Document(text, node, *_definitions(node))

    def validate(self, document: Document, name: str | None = None) -> Document:
        """Return the document if it is valid and the operation with that name is not too large.

        Raises `ValidationFailed` with up to `Limits.errors` errors, or `CostLimitExceeded`.
        """
        if name not in document.measured:
            check(document.node, self._limits, name)
            document.measured.add(name)
        if document.text in self._valid:
            return document
        errors = validate(self._schema, document.node, self._rules, max_errors=self._limits.errors)
        if errors and errors[-1].message == "Validation aborted.":
            raise CostLimitExceeded("The document repeats or nests its fields too often: ask for less at once.")
        if errors:
            raise ValidationFailed(errors)
        if not document.operations:
            raise ValidationFailed([GraphQLError("The document has no operation to run.")])
        self._remember(document)
        return document

    def uses(self, document: Document, operation: OperationDefinitionNode) -> Uses:
        """Return the arguments of an operation of a valid document."""
        name = operation.name.value if operation.name else None
        if name not in document.uses:
            document.uses[name] = uses_of(self._schema, operation, document.fragments, self._limits)
        return document.uses[name]

    def _remember(self, document: Document) -> None:
        self._valid[document.text] = document
        self._tokens += _weight(document)
        while self._tokens > self._limits.cached_tokens and len(self._valid) > 1:
            _, oldest = self._valid.popitem(last=False)
            self._tokens -= _weight(oldest)


def _weight(document: Document) -> int:
    return document.node.token_count + len(document.text) // 100


def _definitions(
    node: DocumentNode,
) -> tuple[dict[str | None, OperationDefinitionNode], dict[str, FragmentDefinitionNode]]:
    operations: dict[str | None, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in node.definitions:
        if isinstance(definition, OperationDefinitionNode):
            operations[definition.name.value if definition.name else None] = definition
        elif isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = definition
    return operations, fragments


def _rules(limits: Limits) -> tuple[type, ...]:
    """Return the specification's rules, with a smaller budget (about 40 ms) for the quadratic one."""

    class BoundedMerging(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = limits.merge_comparisons

    return tuple(BoundedMerging if r is OverlappingFieldsCanBeMergedRule else r for r in specified_rules)
