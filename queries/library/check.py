"""What a question's body may contain: its text is checked when it is loaded, and its plan if there is a server."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import QueryFileError
from graph.model import Days, Derived, Model
from queries.library.cypher_text import Kind, Token, significant
from queries.library.mentions import Mention, What, read_mentions
from queries.library.names import did_you_mean
from queries.library.question import Question
from queries.library.structure import Returning, Unbalanced, last_returns
from queries.library.vocabulary import COMPONENTS, READING_PROCEDURES, Vocabulary

_WRITES = (
    *("CREATE", "MERGE", "INSERT", "SET", "REMOVE", "DELETE", "DETACH", "NODETACH", "FOREACH"),
    *("DROP", "ALTER", "RENAME", "GRANT", "DENY", "REVOKE", "TERMINATE"),
)
_PREFIXES = ("CYPHER", "EXPLAIN", "PROFILE")
_ESCAPE = re.compile(r"\\u", re.IGNORECASE)


def check_body(question: Question, model: Model) -> None:
    """Check a body against its header and the model, without a server.

    Raises `QueryFileError`, naming the file, the line and the fix, for the first fault in this order: text that is not
    closed, a clause that a question may not have, parameters, names that the model does not have, columns.
    """
    for one in question.bodies:
        _Body(one, significant(one.body), Vocabulary(model)).check()
    kept = question.by_kept_counts
    if kept is not None:
        _check_kept(kept, model)


def read_derived(question: Question, model: Model) -> dict[str, Derived]:
    """Return the derived properties that a body reads, by `Label.property`.

    If a body does not say which label a node has, the derived properties of that name of all labels are returned.
    """
    found = read_mentions(significant(question.body))
    names = [mention for mention in found.names if mention.what is What.PROPERTY]
    return {
        f"{node.label}.{mention.name}": derived
        for mention in names
        for node in model.nodes
        if (not mention.owners or node.label in mention.owners) and node.has(mention.name)
        for derived in [node.named(mention.name).derived]
        if derived is not None
    }


def _check_kept(kept: Question, model: Model) -> None:
    """Check that a body that takes no day reads derived properties, and only those known for a given day."""
    derived = read_derived(kept, model)
    if not derived:
        raise refuse(kept, 1, "kept reads no derived property, so that it is not quicker; remove it")
    for name, one in derived.items():
        if one.days is Days.NONE:
            raise refuse(kept, 1, f"{name} does not say what it was on a day, so kept cannot read it; count it instead")


class _Body:
    def __init__(self, question: Question, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        self._question = question
        self._tokens = tokens
        self._vocabulary = vocabulary

    def check(self) -> None:
        self._check_text()
        for position in range(len(self._tokens)):
            self._check_clause(position)
        self._check_parameters()
        try:
            self._check_names()
            self._check_columns(last_returns(self._tokens))
        except Unbalanced as error:
            raise self._refuse(error.token, f"{error.token.text} has no partner; close or remove it") from None

    def _refuse(self, where: Token | Mention, message: str) -> QueryFileError:
        return refuse(self._question, where.line, message)

    def _check_text(self) -> None:
        for token in self._tokens:
            if token.kind is Kind.UNENDED:
                opening = token.text[:2] if token.text.startswith("/*") else token.text[0]
                raise self._refuse(token, f"what {opening} opens is never closed; close it")
            if token.is_symbol("$"):
                raise self._refuse(token, "$ stands alone; write a parameter's name directly after it")
            if token.is_symbol(";"):
                raise self._refuse(token, "a question is one statement; remove the semicolon and what follows it")
        if found := _ESCAPE.search(self._question.body):
            line = self._question.body.count("\n", 0, found.start()) + 1
            raise refuse(self._question, line, "\\u is read before strings are; write the character itself")

    def _check_clause(self, position: int) -> None:
        token = self._tokens[position]
        before, after = self._neighbours(position)
        if token.kind is not Kind.NAME or before.is_symbol(".", ":", "$", "|") or after.is_symbol(":", "."):
            return
        if position == 0 and token.is_word(*_PREFIXES):
            raise self._refuse(token, f"{token.text.upper()} is put before the body by Sightline; remove it")
        if token.is_word(*_WRITES):
            raise self._refuse(token, f"{token.text.upper()} would write; a question only reads, so remove it")
        if token.is_word("LOAD") and after.is_word("CSV"):
            raise self._refuse(token, "LOAD CSV reads files of the server; import the file instead")
        if token.is_word("USE") and (after.named or after.kind is Kind.PARAMETER):
            raise self._refuse(token, "USE would ask another database; remove it, NEO4J_DATABASE names the one asked")
        if token.is_word("SHOW"):
            raise self._refuse(token, "SHOW lists the server's own affairs; a question asks the graph, so remove it")
        if token.is_word("TRANSACTIONS", "TRANSACTION") and before.is_word("IN", "CONCURRENT"):
            raise self._refuse(token, f"IN {token.text.upper()} is for writes; remove it")
        if token.is_word("CALL") and after.named:
            self._check_procedure(position + 1)

    def _neighbours(self, position: int) -> tuple[Token, Token]:
        nothing = Token(Kind.SPACE, "", 0)
        before = self._tokens[position - 1] if position else nothing
        return before, self._tokens[position + 1] if position + 1 < len(self._tokens) else nothing

    def _check_procedure(self, start: int) -> None:
        end = start + 1
        while end + 1 < len(self._tokens) and self._tokens[end].is_symbol("."):
            end += 2
        name = "".join(token.name if token.named else token.text for token in self._tokens[start:end])
        if name not in READING_PROCEDURES:
            allowed = ", ".join(sorted(READING_PROCEDURES))
            raise self._refuse(
                self._tokens[start], f"the procedure {name} is not among those that only read; use one of {allowed}"
            )

    def _check_parameters(self) -> None:
        declared = {parameter.name: parameter for parameter in self._question.parameters}
        used = [token for token in self._tokens if token.kind is Kind.PARAMETER]
        for token in used:
            if token.name not in declared:
                hint = did_you_mean(token.name, declared)
                raise self._refuse(token, f"${token.name} is not declared{hint}; add it to the header's parameters")
        for name in declared:
            if name not in {token.name for token in used}:
                raise QueryFileError(
                    f"{self._question.path}:{declared[name].line}: parameter {name} is declared but not used; "
                    f"use ${name} in the body, or remove it from the header"
                )

    def _check_names(self) -> None:
        found = read_mentions(self._tokens)
        for mention in found.names:
            known = self._vocabulary.known(mention.what, mention.owners)
            free = mention.what is What.PROPERTY and not mention.owners
            if mention.name in known or (free and (mention.name in found.keys or mention.name in COMPONENTS)):
                continue
            owner = f"{' or '.join(sorted(mention.owners))} has" if mention.owners else "the model has"
            hint = did_you_mean(mention.name, known) or "; see the data dictionary for those it has"
            raise self._refuse(mention, f"{owner} no {mention.what.value} {mention.name}{hint}")

    def _check_columns(self, returns: Sequence[Returning]) -> None:
        if not returns:
            last = self._tokens[-1]
            columns = ", ".join(column.name for column in self._question.columns)
            raise self._refuse(last, f"the body returns nothing; end it with RETURN {columns}")
        for returning in returns:
            self._check_returning(returning)

    def _check_returning(self, returning: Returning) -> None:
        if returning.bounded:
            word = returning.bounded.text.upper()
            raise self._refuse(
                returning.bounded,
                f"the last RETURN has {word} of its own; remove it, the header orders rows and the asker pages them",
            )
        if returning.everything:
            raise self._refuse(returning.token, "RETURN * does not name its columns; write them out")
        declared = [column.name for column in self._question.columns]
        names: list[str] = []
        for item in returning.items:
            if not item.name:
                raise self._refuse(item.token, "this column has no name; give it one of the header's with AS")
            if item.name not in declared:
                hint = did_you_mean(item.name, declared)
                raise self._refuse(item.token, f"{item.name} is returned but not declared{hint}; add it to the columns")
            if item.name in names:
                raise self._refuse(item.token, f"{item.name} is returned twice; return it once")
            names.append(item.name)
        for column in self._question.columns:
            if column.name not in names:
                raise self._refuse(
                    returning.token,
                    f"column {column.name} is declared but not returned; return it, or remove it from the header",
                )


def refuse(question: Question, line: int, message: str) -> QueryFileError:
    """Make the error for a line of the body, counted from 1."""
    return QueryFileError(f"{question.path}:{question.line + line - 1}: {message}")
