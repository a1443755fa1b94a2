"""The catalogue: a page that describes every question of the library, with what it prints and the data that it reads.

`python -m queries.catalogue docs/catalogue.md` writes the page from the questions' headers and the model, and keeps the
outputs that are in it; with `--check` it fails if the page is stale. `python -m tests.queries.test_catalogue` runs the
commands in the page on the demo graph, and updates their outputs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph.generated_pages import keep_page
from graph.model import MODEL, Model
from queries.library import load_library
from queries.library.drawing import drawing
from queries.library.question import AS_OF, Column, Parameter, Question

DAY = "2024-05-31"
"""The day that examples ask about: the reference date of the demo graph, which has no later facts."""
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_ARGUMENT = re.compile(r'(\w+):\s*(\[[^\]]*\]|"[^"]*"|[^\s,()]+)')
_INTRODUCTION = """# The questions

This page is made from the files in `queries/` and the model in `graph/model`; to change it, change those and run
`python -m queries.catalogue docs/catalogue.md`. The outputs are those of the demo graph, in which every person is
made up.

A question says no more than the records do: if nothing is on record, that does not mean that nothing happened. The
source `default` means that no published rule gives the number, and that it is Sightline's own. In the drawings, what a
row contains is in round boxes.
"""


_ABOUT_RULES = """Each rule is listed with the days on which it is in force. `yes` means that its text was read,
`secondary` that others report it and the text was not read, and `default` that no published rule gives the number."""


def catalogue_text(questions: Sequence[Question], model: Model, outputs: Mapping[str, str]) -> str:
    """Return the page in Markdown; `outputs` are what commands print, by command."""
    themes: dict[str, list[Question]] = {}
    for question in questions:
        themes.setdefault(question.path.parent.name, []).append(question)
    listed = [f"- [{question.title}](#{question.name.lower()})" for question in questions]
    parts = [_INTRODUCTION, "\n".join(listed) + "\n", "\n".join(_overview(questions)) + "\n"]
    for theme, asked in themes.items():
        parts.append(f"## {theme.capitalize()}\n")
        parts += ["\n".join(_section(question, model, outputs)) + "\n" for question in asked]
    return "\n".join(parts)


def outputs_in(page: Path) -> dict[str, str]:
    """Return the outputs in a page, by command; none if there is no page."""
    if not page.is_file():
        return {}
    return {found["command"]: found["output"] for found in CONSOLE.finditer(page.read_text(encoding="utf-8"))}


def command(question: Question) -> str:
    """Return the command that asks a question as its example does, about the reference date of the demo graph."""
    names = {parameter.name for parameter in question.parameters}
    given = {name: value for name, value in example_arguments(question) if name in names and name != AS_OF}
    if AS_OF in names:
        given[AS_OF] = DAY
    words = [f"--param {name}={value}" for name, value in given.items()]
    return " ".join(["sightline query", question.name, *words, "--first 3"])


def example_arguments(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the arguments of the question's field in its example, in the form that the command line takes."""
    found = re.search(rf"\b{question.name}\s*\(", question.example)
    if found is None:
        return
    text = question.example[found.end() :]
    for name, value in _ARGUMENT.findall(text[: text.index(")")]):
        yield name, value.strip('[]"').replace('"', "").replace(" ", "")


def _overview(questions: Sequence[Question]) -> Iterator[str]:
    """Yield the table of each question's rules, when they are in force, how sure they are, and what is left out."""
    yield from ("## What each rests on", "", _ABOUT_RULES, "")
    head = ("question", "rule", "in force", "sure", "leaves out")
    yield from _table(head, (row for question in questions for row in _overview_rows(question)))


def _overview_rows(question: Question) -> Iterator[tuple[str, ...]]:
    named, omits = f"[{question.title}](#{question.name.lower()})", question.omits
    if not question.rules:
        yield named, "none", "", "default", omits
    for rule in question.rules:
        yield named, rule.citation, rule.in_force, "secondary" if rule.secondary else "yes", omits
        named = omits = ""


def _section(question: Question, model: Model, outputs: Mapping[str, str]) -> Iterator[str]:
    yield from (f'### <a id="{question.name.lower()}"></a>{question.title}', "", f"`{question.name}`", "")
    yield from (question.text, "")
    yield f"- **Severity**: {question.severity_text}"
    yield f"- **Source**: {question.source}"
    for rule in question.rules:
        sure = "; secondary" if rule.secondary else ""
        yield f"- **Rule**: {rule.citation} ({rule.in_force}{sure}): {rule.doc}"
    if question.omits:
        yield f"- **Leaves out**: {question.omits}"
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
