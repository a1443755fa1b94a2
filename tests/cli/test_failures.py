from __future__ import annotations

import pytest
import typer

from cli.failures import sentence
from graph.errors import BadInput, StoreUnavailable


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (BadInput("give a number"), "give a number."),
        (BadInput("Give a number."), "Give a number."),
        (KeyboardInterrupt(), "interrupted."),
        (typer.Abort(), "interrupted."),
        (OSError(28, "No space left on device"), "reading or writing failed (No space left on device)."),
        (OSError(13, "Permission denied", "/x"), "reading or writing of /x failed (Permission denied)."),
        (MemoryError(), "this machine has too little free memory for that."),
        (
            ValueError("Maria Reyes, A-number 123456789"),
            "something unexpected went wrong (ValueError); run `sightline --debug ...` to see where.",
        ),
    ],
)
def test_each_error_is_a_sentence(error: BaseException, wanted: str) -> None:
    assert sentence(error) == wanted


def test_a_group_says_what_its_own_error_says() -> None:
    inner = ExceptionGroup("inner", [StoreUnavailable("the database cannot be reached")])
    assert sentence(ExceptionGroup("outer", [ValueError("x"), inner])) == "the database cannot be reached."
