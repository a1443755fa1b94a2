"""The faults of the real files: what each does to a row, and what is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from seed.made_files.forms import LINE_END, Form

Values = Mapping[str, str]
Spoil = Callable[[Form, Values], bytes]


class Effect(StrEnum):
    """What an importer can still make of a row with a fault.

    With `NONE` everything comes back as it was meant. With `VALUE` one column is unknown, with `CHANGED` it says
    something else, and with `ROW` the row cannot be read. With `REPEATED` the row stands in the file twice, and with
    `CONTRADICTED` another row of its number says something else; the first one counts. With `DOUBLED` rows of one
    number are about two children.
    """

    NONE = "none"
    VALUE = "value"
    CHANGED = "changed"
    ROW = "row"
    REPEATED = "repeated"
    CONTRADICTED = "contradicted"
    DOUBLED = "doubled"


def _always(_: Values) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: its name, its effect, the bytes of a row that has it, and the column that it is about.

    `applies` tells whether a row can have it.
    """

    name: str
    effect: Effect
    spoil: Spoil
    column: str = ""
    applies: Callable[[Values], bool] = _always

    def left(self, values: Values) -> Values | None:
        """Return what is left of a row's values: all, all but one, or nothing."""
        if self.effect is Effect.ROW:
            return None
        return {**values, self.column: ""} if self.effect is Effect.VALUE else values


def written_as(
    name: str,
    column: str,
    text: str,
    effect: Effect = Effect.VALUE,
    applies: Callable[[Values], bool] | None = None,
) -> Fault:
    """Return the fault of a column that holds another text."""

    def spoil(form: Form, values: Values) -> bytes:
        return form.line({**values, column: text})

    return Fault(name, effect, spoil, column, applies or (lambda values: bool(values.get(column))))


def rewritten(name: str, column: str, change: Callable[[str], str], applies: Callable[[str], bool] = bool) -> Fault:
    """Return the fault of a column that is written in another way, and means the same."""

    def spoil(form: Form, values: Values) -> bytes:
        return form.line({**values, column: change(values[column])})

    return Fault(name, Effect.NONE, spoil, column, lambda values: applies(values.get(column, "")))


def missing_fields() -> Fault:
    """Return the fault of a row that ends after half of its fields."""
    return Fault("missing_fields", Effect.ROW, lambda form, values: form.joined(_fields(form, values)[: _half(form)]))


def shifted_columns() -> Fault:
    """Return the fault of a row with one field too many in its middle, which shifts the fields behind it."""

    def spoil(form: Form, values: Values) -> bytes:
        fields = _fields(form, values)
        return form.joined([*fields[: _half(form)], "SHIFTED", *fields[_half(form) :], "SHIFTED"])

    return Fault("shifted_columns", Effect.ROW, spoil)


def unquoted_delimiter(column: str) -> Fault:
    """Return the fault of a text that holds what separates the columns, without quotation marks around it.

    If the row's last column is blank, nobody can tell this from a row with a separator behind its last field.
    """

    def spoil(form: Form, values: Values) -> bytes:
        return _raw(form, values, column, lambda text: f"{text}{form.delimiter} TX")

    return Fault("unquoted_delimiter", Effect.ROW, spoil, column)


def unquoted_line_break(column: str) -> Fault:
    """Return the fault of a text that holds a line break, without quotation marks around it: two broken lines."""

    def spoil(form: Form, values: Values) -> bytes:
        return _raw(form, values, column, lambda text: f"{text}\r\n{text}")

    return Fault("unquoted_line_break", Effect.ROW, spoil, column)


def unclosed_quotation_mark(column: str) -> Fault:
    """Return the fault of a text with a quotation mark at its beginning only."""

    def spoil(form: Form, values: Values) -> bytes:
        return _raw(form, values, column, lambda text: f'"{text}')

    return Fault("unclosed_quotation_mark", Effect.ROW, spoil, column)


def nul_byte(column: str) -> Fault:
    """Return the fault of a NUL byte at the end of a text."""
    return rewritten("nul_byte", column, lambda text: f"{text}\0")


def windows_1252(column: str) -> Fault:
    """Return the fault of a no-break space in Windows-1252 behind a text."""

    def spoil(form: Form, values: Values) -> bytes:
        return form.line({**values, column: values[column] + "\0"}).replace(b"\0", b"\xa0")

    return Fault("windows_1252", Effect.NONE, spoil, column, lambda values: bool(values.get(column)))


def trailing_delimiters() -> Fault:
    """Return the fault of a row with separators behind its last field."""

    def spoil(form: Form, values: Values) -> bytes:
        return form.line(values).removesuffix(LINE_END) + 2 * form.delimiter.encode() + LINE_END

    return Fault("trailing_delimiters", Effect.NONE, spoil)


def blank_line() -> Fault:
    """Return the fault of a blank line behind a row."""
    return Fault("blank_line", Effect.NONE, lambda form, values: form.line(values) + LINE_END)


def repeated_row() -> Fault:
    """Return the fault of a row that stands in the file twice."""
    return Fault("repeated_row", Effect.REPEATED, lambda form, values: 2 * form.line(values))


def contradicted_row(column: str, text: str) -> Fault:
    """Return the fault of a second row of one number, in which a column says something else."""

    def spoil(form: Form, values: Values) -> bytes:
        return form.line(values) + form.line({**values, column: text})

    return Fault("contradicted_row", Effect.CONTRADICTED, spoil, column, lambda values: values.get(column) != text)


def cut_off(form: Form) -> bytes:
    """Return a last line that ends in its middle."""
    return form.joined(["0"] * _half(form)).removesuffix(LINE_END)


def _fields(form: Form, values: Values) -> list[str]:
    return [values.get(column, "") for column in form.columns]


def _half(form: Form) -> int:
    return len(form.columns) // 2


def _raw(form: Form, values: Values, column: str, change: Callable[[str], str]) -> bytes:
    """Return a line with one changed field that is not quoted."""
    mark = "\0"
    line = form.line({**values, column: mark})
    text = change(values.get(column) or "X")
    return line.replace(mark.encode(), text.encode(form.encoding))
