"""The shape of a mapping: the YAML file that says what the columns of an office's spreadsheet mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from graph.errors import BadInput
from queries.library.names import did_you_mean

LARGEST = 1_000_000
"""The largest mapping that is read, in bytes."""

UNNAMED = "NAME OF THE SYSTEM"
"""What a suggested mapping has for its system, until a person says whose records they are."""

Code = str | bool | None


def _list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> Any:
    """Return a word that YAML took for a number as a text again."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _texts(value: Any) -> Any:
    return {str(key): _text(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def _column(value: Any) -> Any:
    return {"to": value} if isinstance(value, str | list) else value


def _columns(value: Any) -> Any:
    return {str(key): _column(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def _links(value: Any) -> Any:
    return [{"": one} if isinstance(one, str) else one for one in value] if isinstance(value, list) else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[Text], BeforeValidator(_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """What a column feeds: properties of records or links, such as `child.firstName`.

    `split` divides a value among several properties. `codes` says what an office's words mean; `null` is unknown.
    `dates` is the order of a date's parts. Without a value in a `required` column, a row is rejected. A sheet may lack
    an `optional` one.
    """

    to: Texts
    split: str | None = Field(None, min_length=1)
    codes: Annotated[dict[str, Code] | None, BeforeValidator(_texts)] = None
    dates: str | None = None
    required: bool = False
    optional: bool = False


class RecordShape(_Strict):
    """A record that each row describes: its label, and how it is recognised again.

    `key` names the columns of the source's own number. `match` names properties, and other records that it is linked
    with; the record in the graph for which they are the same is the one.
    """

    label: str
    key: Texts = []
    match: Texts = []


class SheetMapping(_Strict):
    """A mapping as written; `seed.spreadsheets.planning` checks it against the model."""

    system: str = Field(min_length=1, max_length=100)
    sheets: Texts = []
    header: int | None = Field(None, ge=1)
    dates: str = "month-first"
    records: dict[str, RecordShape] = Field(min_length=1)
    columns: Annotated[dict[str, Column], BeforeValidator(_columns)] = Field(min_length=1)
    values: Annotated[dict[str, Code], BeforeValidator(_texts)] = {}
    links: Annotated[list[dict[str, str]], BeforeValidator(_links)] = []


_SHAPES = {"records": RecordShape, "columns": Column}
_SAID = {
    "missing": "is missing",
    "string_type": "must be a text",
    "dict_type": "must be a list of names, each with a colon",
    "model_type": "must be a list of names, each with a colon",
    "list_type": "must be a list",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be at least 1",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long",
    "too_short": "must not be empty",
}


def load_mapping(path: Path) -> SheetMapping:
    """Read a mapping; raises `BadInput`, which names the place in the file and what to write instead."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is too large for a mapping; give the YAML file that says what columns mean")
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(
            f"{path.name} does not exist; `sightline import spreadsheet FILE --suggest` writes a first mapping"
        ) from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not text in UTF-8, so it is no mapping") from None
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}") from None
    return read_mapping(text, path.name)


def read_mapping(text: str, name: str) -> SheetMapping:
    """Read the text of a mapping; `name` is what errors call it."""
    try:
        if any(isinstance(event, AliasEvent) for event in YAML().parse(StringIO(text))):
            raise BadInput(f"{name} uses an alias (*), which mappings cannot; write the value again")
        found = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}" if mark else ""
        problem = (error.problem or "it cannot be read").split("\n")[0]
        raise BadInput(f"{name}{where} is not valid YAML: {problem}") from None
    except (YAMLError, ValueError) as error:
        raise BadInput(f"{name} is not valid YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(found, dict):
        raise BadInput(f"{name} is no mapping; it must have system, records and columns")
    try:
        return SheetMapping.model_validate(found)
    except ValidationError as error:
        raise BadInput("; ".join(dict.fromkeys(f"{name}: {one}" for one in _faults(error)))) from None


def _faults(error: ValidationError) -> Iterable[str]:
    for fault in error.errors():
        place = [str(part) for part in fault["loc"] if not isinstance(part, int)]
        if fault["type"] == "extra_forbidden":
            shape = SheetMapping if len(place) == 1 else _SHAPES.get(place[0], SheetMapping)
            known = cast(type[BaseModel], shape).model_fields
            hint = did_you_mean(place[-1], known, always=True)
            yield f"{_place(place[:-1])}has no '{place[-1]}'{hint}"
        else:
            yield f"{_place(place)}{_SAID.get(fault['type'], 'has a value that cannot be used here')}"


def _place(parts: list[str]) -> str:
    kept = [part for part in parts if part not in ("str", "bool", "list[str]", "[key]")]
    return f"{' > '.join(kept)} " if kept else "a mapping "
