"""Each case: a document, its variables, and the Cypher that it must give.

`python -m tests.api.compiler.test_cases` writes the Cypher anew; read the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.compiler.compiling import CASES, compile_text

NAMES = sorted(path.stem for path in CASES.glob("*.graphql"))


def compiled(name: str) -> str:
    document = (CASES / f"{name}.graphql").read_text()
    variables = CASES / f"{name}.json"
    program, _ = compile_text(document, json.loads(variables.read_text()) if variables.exists() else {})
    return program.statement + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_compiles_to_its_statement(name: str) -> None:
    assert compiled(name) == (CASES / f"{name}.cypher").read_text()


def test_every_statement_has_its_document() -> None:
    assert {path.stem for path in CASES.glob("*.cypher")} == set(NAMES)


def main() -> None:
    """Write the statement of every case."""
    for name in NAMES:
        Path(CASES / f"{name}.cypher").write_text(compiled(name))


if __name__ == "__main__":
    main()
