"""What the bench asks of reports."""

from __future__ import annotations

import pytest
from graphql import parse, validate

from bench.reports import ASKED
from tests.api.compiler.compiling import schema


@pytest.mark.parametrize("name", ASKED)
def test_a_report_is_asked_by_a_valid_document(name: str) -> None:
    asked, first, again = ASKED[name]
    assert validate(schema(), parse(asked(0))) == []
    assert first >= (again or 0)
    if again is not None:
        assert asked(0) != asked(1), "what is asked the first time was not asked before"
