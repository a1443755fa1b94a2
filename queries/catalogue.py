"""The catalogue: a page that describes every question of the library, with what it prints and the data that it reads.

`python -m queries.catalogue docs/catalogue.md` writes the page from the questions' headers and the model, and keeps the
outputs that stand in it; with `--check` it fails when the page is stale. `python -m tests.queries.test_catalogue` runs
the commands in it on the demo graph, and writes their outputs anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph.model import MODEL, Model
from graph.pages import keep_page
from queries.drawing import drawing
from queries.library import load_library
from queries.question import AS_OF, Column, Parameter, Question

DAY = "2024-05-31"
"""The day that examples ask about: the reference date of the demo graph, whose facts are none later."""
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_ARGUMENT = re.compile(r'(\w+):\s*(\[[^\]]*\]|"[^"]*"|[^\s,()]+)')
_INTRODUCTION = """# The questions

This page is made from the files in `queries/` and the model in `graph/model`; to change it, change those and run
`python -m queries.catalogue docs/catalogue.md`. The outputs are those of the demo graph, in which every person is
made up.

A question says no more than the records do: that nothing is on record is not that nothing happened. The word `default`
as a source says that no published rule gives the number, and that it is Sightline's own. In the drawings, what a row
holds stands in round boxes.
"""


def catalogue_text(questions: Sequence[Question], model: Model, outputs: Mapping[str, str]) -> str:
    """Return the page in Markdown; `outputs` are what commands print, by command."""
    themes: dict[str, list[Question]] = {}
    for question in questions:
        themes.setdefault(question.path.parent.name, []).append(question)
    listed = [f"- [{question.title}](#{question.name.lower()})" for question in questions]
    parts = [_INTRODUCTION, "\n".join(listed) + "\n"]
    for theme, asked in themes.items():
        parts.append(f"## {theme.capitalize()}\n")
        parts += ["\n".join(_section(question, model, outputs)) + "\n" for question in asked]
    return "\n".join(parts)


def outputs_in(page: Path) -> dict[str, str]:
    """Return the outputs that stand in a page, by command; none when there is no page."""
    if not page.is_file():
        return {}
    return {found["command"]: found["output"] for found in CONSOLE.finditer(page.read_text(encoding="utf-8"))}


def command(question: Question) -> str:
    """Return the command that asks a question as its example does, on the day of the demo graph."""
    names = {parameter.name for parameter in question.parameters}
    given = {name: value for name, value in example_arguments(question) if name in names and name != AS_OF}
    if AS_OF in names:
        given[AS_OF] = DAY
    words = [f"--param {name}={value}" for name, value in given.items()]
    return " ".join(["sightline query", question.name, *words, "--first 3"])


def example_arguments(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the arguments of the question's field in its example, as the command line takes them."""
    found = re.search(rf"\b{question.name}\s*\(", question.example)
    if found is None:
        return
    text = question.example[found.end() :]
    for name, value in _ARGUMENT.findall(text[: text.index(")")]):
        yield name, value.strip('[]"').replace('"', "").replace(" ", "")


def _section(question: Question, model: Model, outputs: Mapping[str, str]) -> Iterator[str]:
    yield from (f'### <a id="{question.name.lower()}"></a>{question.title}', "", f"`{question.name}`", "")
    yield from (question.text, "")
    yield f"- **Severity**: {question.severity.value}"
    yield f"- **Source**: {question.source}"
    keys = " and ".join(f"`{name}`" for name in question.key)
    order = ", ".join(f"`{part.column}`{' descending' if part.descending else ''}" for part in question.order)
    yield from (f"- **A row for each** {keys}; in the order of {order}, then by key", "")
    if question.parameters:
        yield from _table(("parameter", "type", "default", "meaning"), map(_parameter, question.parameters))
        yield ""
    yield from _table(("column", "type", "meaning"), map(_column, question.columns))
    yield from ("", "```graphql", question.example, "```", "")
    asked = command(question)
    if asked in outputs:
        yield from ("```console", f"$ {asked}", f"{outputs[asked]}```", "")
    yield from ("```mermaid", drawing(question, model), "```")


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    doc = parameter.doc if parameter.minimum is None else f"{parameter.doc} At least {parameter.minimum}."
    return f"`{parameter.name}`", f"`{parameter.type}`", _default(parameter), doc


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return "must be given"
    if parameter.enumeration is not None and isinstance(parameter.default, str):
        return f"`{parameter.enumeration.graphql_name(parameter.default)}`"
    return f"`{parameter.default}`"


def _column(column: Column) -> tuple[str, ...]:
    return f"`{column.name}`", f"`{column.type}`", column.doc


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]] | map[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


if __name__ == "__main__":
    keep_page(
        lambda page: catalogue_text(list(load_library()), MODEL, outputs_in(page)),
        command="python -m queries.catalogue",
    )
