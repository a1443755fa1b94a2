"""The statements that `docs/architecture.md` shows are those that the documents above them compile to.

`python -m tests.test_architecture` writes them anew.
"""

from __future__ import annotations

import re
from textwrap import dedent, indent

from tests.api.compiler.compiling import compile_text
from tests.pages import DOCS

PAGE = DOCS / "architecture.md"
SHOWN = re.compile(
    r"(?P<indent> *)```graphql\n(?P<document>.*?)```(?P<between>.*?) *```cypher\n(?P<statement>.*?) *```", re.DOTALL
)
VARIABLES = {"country": "Guatemala", "size": 20, "least": 3}


def statement_of(document: str) -> str:
    """Return the statement of a document that declares some of the variables, without lines of spaces."""
    given = {name: value for name, value in VARIABLES.items() if f"${name}:" in document}
    program, _ = compile_text(dedent(document), given)
    return re.sub(r"(?m)^ +$", "", program.statement) + "\n"


def test_the_page_shows_what_its_documents_compile_to() -> None:
    shown = list(SHOWN.finditer(PAGE.read_text()))
    assert len(shown) == 2
    assert [dedent(one["statement"]) for one in shown] == [statement_of(one["document"]) for one in shown]


def main() -> None:
    """Write the statement below each document."""

    def written(one: re.Match[str]) -> str:
        left = "   "
        return (
            f"{one['indent']}```graphql\n{one['document']}```{one['between']}{left}```cypher\n"
            f"{indent(statement_of(one['document']), left)}{left}```"
        )

    PAGE.write_text(SHOWN.sub(written, PAGE.read_text()))


if __name__ == "__main__":
    main()
