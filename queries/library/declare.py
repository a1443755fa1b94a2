"""Makes a question from a header's fields; each name, type, default and reference is checked where it is declared."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.errors import BadInput, QueryFileError
from graph.model import Model
from queries.library.header import Entry, Header
from queries.library.names import NAME, RESERVED_ARGUMENTS, did_you_mean, taken_names
from queries.library.narrowing import read_narrowing
from queries.library.question import AS_OF, Column, Ordering, Parameter, Question, Rule, Scan
from queries.library.severities import read_severity
from queries.library.shown import shown_by
from queries.library.values import SCALARS, TODAY, split_type

_PARAMETER = re.compile(
    r"""(?P<name>[^\s:]+)\s*:\s*(?P<type>\[\s*\w+!?\s*\]!?|\w+!?)
        (?:\s*=\s*(?P<default>"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s("\[]+))?
        (?:\s*\((?=at\ )(?:at\ least\ (?P<minimum>-?\d+))?(?:,\ )?(?:at\ most\ (?P<maximum>-?\d+))?\))?
        (?:\s*\(key\ of\ (?P<labels>\w+(?:\ or\ \w+)*)\))?
        (?P<public>\s*\(public\))?
        (?:\s*\(keeps\ (?P<column>\w+)\ (?P<operator>>=|>|<=|<)\ it\))?
        \s+--\s+(?P<doc>\S.*)""",
    re.VERBOSE,
)
_COLUMN = re.compile(
    r"""(?P<name>[^\s:]+)\s*:\s*(?P<type>\w+!?)
        (?:\s+of\s+(?P<of>[^\s-]\S*(?:\s+or\s+\S+)*))?
        \s+--\s+(?P<doc>\S.*)""",
    re.VERBOSE,
)

_RULE = re.compile(
    r"""(?P<citation>\S.*?)
        (?:\s+\((?=from\ |until\ )(?:from\ (?P<since>[\d-]+))?(?:,\ )?(?:until\ (?P<until>[\d-]+))?\))?
        (?P<secondary>\s+\(secondary\))?
        \s+--\s+(?P<doc>\S.*)""",
    re.VERBOSE,
)


def make_question(header: Header, model: Model, reserved: Collection[str] = ()) -> Question:
    """Return the question that a header declares; its body is not checked. Its name may not be one of the `reserved`.

    Raises `QueryFileError`, naming the file, the line and the fix.
    """
    return _Declaration(header, model, reserved).question()


@dataclass(frozen=True, slots=True)
class _Declaration:
    header: Header
    model: Model
    reserved: Collection[str]

    def question(self) -> Question:
        fields = self.header.fields
        columns = tuple(self._column(item) for item in fields["columns"].items)
        self._once("columns", columns)
        declared = fields["parameters"].items if "parameters" in fields else ()
        parameters = tuple(self._parameter(item, columns) for item in declared)
        self._once("parameters", parameters)
        severity, raised = read_severity(self.header, columns)
        return Question(
            name=self._name(),
            title=fields["title"].text,
            text=fields["question"].text,
            parameters=parameters,
            columns=columns,
            key=self._key(columns),
            order=self._order(columns),
            severity=severity,
            raised=raised,
            source=fields["source"].text,
            rules=tuple(self._rule(item) for item in fields["rules"].items) if "rules" in fields else (),
            omits=fields["omits"].text if "omits" in fields else "",
            example=self._example(),
            body=self.header.body,
            path=self.header.path,
            line=self.header.body_line,
            scans=tuple(self._scan(item) for item in fields["scans"].items) if "scans" in fields else (),
            **self._kept(parameters),
        )

    def _kept(self, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
        entry = self.header.fields.get("kept")
        if entry is None:
            return {}
        if AS_OF not in {parameter.name for parameter in parameters if parameter.type == "Date"}:
            raise self.header.refuse(
                entry.line, f"kept counts hold for a day; declare `{AS_OF}: Date = {TODAY}`, or remove kept"
            )
        return {"kept": entry.block + "\n", "kept_line": entry.starts}

    def _name(self) -> str:
        entry = self.header.fields["name"]
        if not NAME.fullmatch(entry.text):
            raise self.header.refuse(entry.line, f"{entry.text} cannot be a name; use letters and digits in camelCase")
        if entry.text in taken_names(self.model, self.reserved):
            raise self.header.refuse(
                entry.line, f"the API has a field or type {entry.text} already; choose another name"
            )
        return entry.text

    def _parameter(self, item: Entry, columns: tuple[Column, ...]) -> Parameter:
        found = _PARAMETER.fullmatch(item.text)
        if found is None:
            raise self.header.refuse(
                item.line,
                "this is no parameter; write `//   name: Type = default (at least 1) -- What it is.`, "
                "or `Type!` and no default when it must be given",
            )
        name, given = self._local_name(item, found["name"]), found["type"].replace(" ", "")
        if name in RESERVED_ARGUMENTS:
            raise self.header.refuse(item.line, f"{name} belongs to paging; give the parameter another name")
        written, required = given.removesuffix("!"), given.endswith("!")
        kind, many = split_type(written)
        enumeration = {e.name: e for e in self.model.enumerations}.get(kind)
        if kind not in SCALARS and enumeration is None:
            known = (*SCALARS, *(e.name for e in self.model.enumerations))
            raise self._unknown_type(item, name, kind, known)
        if required == (found["default"] is not None):
            raise self.header.refuse(
                item.line,
                f"{name} needs either a default or a type that ends in !: write `{written} = ...`, or `{written}!`",
            )
        minimum, maximum = (None if found[end] is None else int(found[end]) for end in ("minimum", "maximum"))
        for words, end in (("at least", minimum), ("at most", maximum)):
            if end is not None and kind not in ("Int", "Float"):
                raise self.header.refuse(item.line, f"{name} is no number; take `({words} {end})` away")
        if found["public"] and kind != "String":
            raise self.header.refuse(item.line, f"{name} is no text; take `(public)` away")
        type_text = f"[{kind}!]" if many else kind
        labels = self._labels(item, name, type_text, found["labels"])
        parameter = Parameter(
            name,
            type_text,
            None,
            found["doc"],
            minimum,
            enumeration,
            labels,
            item.line,
            maximum=maximum,
            personal=kind == "String" and not (found["public"] or labels),
            narrows=read_narrowing(self.header, item, type_text, found, columns),
        )
        return parameter if required else self._with_default(parameter, found["default"])

    def _labels(self, item: Entry, name: str, kind: str, text: str | None) -> tuple[str, ...]:
        """Return the labels of the records that a parameter is the key of."""
        if text is None:
            return ()
        labels = tuple(text.split(" or "))
        for label in labels:
            if label not in self.model.labels:
                hint = did_you_mean(label, self.model.labels)
                raise self.header.refuse(item.line, f"the model has no label {label}{hint}")
        if kind != "String":
            raise self.header.refuse(item.line, f"{name} is no text, and a key is; take `(key of {text})` away")
        return labels

    def _with_default(self, parameter: Parameter, text: str) -> Parameter:
        default: object
        if parameter.type == "Date" and text == TODAY:
            default = TODAY
        else:
            try:
                default = self._default(parameter, text)
            except (BadInput, ValueError):
                raise self.header.refuse(
                    parameter.line, f"{text} cannot be the default of {parameter.name}; give {parameter.wanted}"
                ) from None
        return replace(parameter, default=default)

    @staticmethod
    def _default(parameter: Parameter, text: str) -> object:
        if text.startswith('"'):
            text = json.loads(text)
            if text == TODAY:
                raise ValueError(text)
        elif parameter.type == "String":
            raise ValueError(text)
        return parameter.read(text)

    def _column(self, item: Entry) -> Column:
        found = _COLUMN.fullmatch(item.text)
        if found is None:
            raise self.header.refuse(
                item.line,
                "this is no column; write `//   name: Type -- What it is.`, or `Type of Label.property` for a property",
            )
        name, kind = self._local_name(item, found["name"]), found["type"].removesuffix("!")
        if kind not in SCALARS and kind not in self.model.labels:
            raise self._unknown_type(item, name, kind, (*SCALARS, *self.model.labels))
        return Column(name, found["type"], found["doc"], item.line, shown_by(self.header, item, self.model, found))

    def _scan(self, item: Entry) -> Scan:
        name, _, doc = (part.strip() for part in item.text.partition(" -- "))
        if not doc:
            raise self.header.refuse(item.line, "this is no scan; write `//   Sponsor -- Why each is looked at.`")
        known = (*self.model.labels, *sorted(self.model.types))
        if name not in known:
            hint = did_you_mean(name, known)
            raise self.header.refuse(item.line, f"the model has no label or relationship type {name}{hint}")
        return Scan(name, doc, item.line)

    def _rule(self, item: Entry) -> Rule:
        found = _RULE.fullmatch(item.text)
        if found is None:
            raise self.header.refuse(
                item.line,
                "this is no rule; write `//   45 CFR 410.1204(b) (from 2024-07-01) -- What it asks for.`",
            )
        since, until = (self._day(item, found[end]) for end in ("since", "until"))
        if since and until and until < since:
            raise self.header.refuse(item.line, "the rule ends before it begins; turn its days round")
        return Rule(found["citation"], found["doc"], since, until, secondary=bool(found["secondary"]), line=item.line)

    def _day(self, item: Entry, text: str | None) -> date | None:
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            raise self.header.refuse(item.line, f"{text} is no day; write it as 2024-07-01") from None

    def _unknown_type(self, item: Entry, name: str, kind: str, known: Iterable[str]) -> QueryFileError:
        known = tuple(known)
        return self.header.refuse(
            item.line, f"{name} has the unknown type {kind}{did_you_mean(kind, known)}; use one of {', '.join(known)}"
        )

    def _local_name(self, item: Entry, name: str) -> str:
        if not NAME.fullmatch(name):
            raise self.header.refuse(item.line, f"{name} cannot be a name; use letters and digits in camelCase")
        return name

    def _once(self, what: str, declared: tuple[Parameter, ...] | tuple[Column, ...]) -> None:
        seen: set[str] = set()
        for item in declared:
            if item.name in seen:
                raise self.header.refuse(item.line, f"{item.name} stands twice among the {what}; keep one of them")
            seen.add(item.name)

    def _key(self, columns: tuple[Column, ...]) -> tuple[str, ...]:
        entry = self.header.fields["key"]
        names = tuple(part.strip() for part in entry.text.split(","))
        for name in names:
            self._known_column(entry, name, columns)
        if len(set(names)) < len(names):
            raise self.header.refuse(entry.line, "key names a column twice; name each once")
        return names

    def _order(self, columns: tuple[Column, ...]) -> tuple[Ordering, ...]:
        entry = self.header.fields["order"]
        orderings = []
        for part in entry.text.split(","):
            name, _, direction = part.strip().partition(" ")
            if direction.strip() not in ("", "ASC", "DESC"):
                raise self.header.refuse(entry.line, f"{direction.strip()} is no direction; write ASC or DESC")
            if self._known_column(entry, name, columns).kind in self.model.labels:
                raise self.header.refuse(entry.line, f"{name} is a node and has no order; order by a value")
            orderings.append(Ordering(name, direction.strip() == "DESC"))
        if len({ordering.column for ordering in orderings}) < len(orderings):
            raise self.header.refuse(entry.line, "order names a column twice; name each once")
        return tuple(orderings)

    def _known_column(self, entry: Entry, name: str, columns: tuple[Column, ...]) -> Column:
        for column in columns:
            if column.name == name:
                return column
        names = [column.name for column in columns]
        raise self.header.refuse(
            entry.line, f"{name or 'nothing'} is no column{did_you_mean(name, names)}; use {', '.join(names)}"
        )

    def _example(self) -> str:
        entry, name = self.header.fields["example"], self.header.fields["name"].text
        if not re.search(rf"\b{re.escape(name)}\b", entry.block):
            raise self.header.refuse(entry.line, f"the example does not ask {name}; write `{{ {name} {{ ... }} }}`")
        return entry.block
