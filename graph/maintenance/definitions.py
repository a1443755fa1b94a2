"""Definitions of indexes and constraints, to compare those that a statement makes with those that a database has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graph.errors import StoreError
from graph.store import Store

_STATEMENT = re.compile(
    r"CREATE (?:(?P<type>\w+) )?(?P<what>INDEX|CONSTRAINT) (?P<name>\w+) IF NOT EXISTS "
    r"FOR (?:\(\w*:(?P<labels>[\w|]+)\)|\(\)-\[\w*:(?P<kinds>[\w|]+)\]-\(\)) "
    r"(?:ON|REQUIRE)(?: EACH)? (?P<properties>.+?)(?: OPTIONS (?P<options>.+))?"
)
_OPTION = re.compile(r"`([\w.-]+)`: *'?([^',}]+)'?")
_FULL_TEXT = "FULLTEXT"
_USUAL = {"fulltext.eventually_consistent": "false"}
"""Options of a full-text index where a statement gives none."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What an index is. For a constraint, it is the index behind it, which has the same name.

    Labels, and the properties of a full-text index, are in no particular order; `options` are those of a full-text
    index.
    """

    name: str
    type: str
    unique: bool
    entity: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def make(
        cls,
        name: str,
        type_: str,
        *,
        unique: bool,
        entity: str,
        labels: Iterable[str],
        properties: Iterable[str],
        options: Mapping[str, str],
    ) -> Definition:
        """Return the definition, with labels and full-text properties sorted."""
        full_text = type_ == _FULL_TEXT
        given = tuple(sorted(properties)) if full_text else tuple(properties)
        chosen = tuple(sorted(options.items())) if full_text else ()
        return cls(name, type_, unique, entity, tuple(sorted(labels)), given, chosen)

    @property
    def serves(self) -> tuple[object, ...]:
        """What it does, regardless of its name."""
        return (self.type, self.unique, self.entity, self.labels, self.properties, self.options)

    @property
    def is_full_text(self) -> bool:
        """Whether it is a full-text index, which statements refer to by name."""
        return self.type == _FULL_TEXT

    @property
    def text(self) -> str:
        """The definition as one text, by which a store's record remembers it."""
        kind = f"{'UNIQUE ' if self.unique else ''}{self.type} {self.entity}"
        options = "".join(f" {name}={value}" for name, value in self.options)
        return f"{self.name} {kind} {'|'.join(self.labels)} {','.join(self.properties)}{options}"

    @property
    def drop(self) -> str:
        """The statement that drops it."""
        return f"DROP {'CONSTRAINT' if self.unique else 'INDEX'} `{self.name.replace('`', '``')}` IF EXISTS"


def defined_by(statement: str) -> Definition:
    """Return the definition that a schema statement makes."""
    found = _STATEMENT.fullmatch(statement)
    if found is None:
        raise StoreError("a statement of the schema makes nothing that can be compared")
    return Definition.make(
        found["name"],
        found["type"] or "RANGE",
        unique=found["what"] == "CONSTRAINT",
        entity="NODE" if found["labels"] else "RELATIONSHIP",
        labels=(found["labels"] or found["kinds"]).split("|"),
        properties=re.findall(r"\w\.`?(\w+)", found["properties"]),
        options={**_USUAL, **dict(_OPTION.findall(found["options"] or ""))},
    )


async def read_definitions(store: Store) -> dict[str, tuple[Definition, str]]:
    """Return the definition and the state of each index in a database by its name, except token lookup indexes."""
    rows = await store.read(
        "SHOW INDEXES YIELD name, type, owningConstraint, entityType, labelsOrTypes, properties, options, state "
        "WHERE type <> 'LOOKUP' "
        "RETURN name, type, owningConstraint IS NOT NULL, entityType, labelsOrTypes, properties, options, state"
    )
    found = {}
    for name, type_, unique, entity, labels, properties, options, state in cast(list[list[Any]], rows):
        config = {key: str(value).lower() for key, value in options.get("indexConfig", {}).items()}
        definition = Definition.make(
            name, type_, unique=unique, entity=entity, labels=labels, properties=properties, options=config
        )
        found[definition.name] = (definition, str(state))
    return found
