from __future__ import annotations

import pytest

from api.compiler.operation import Signature
from api.documents import Documents
from api.documents.limits import Limits
from api.execution.executor import SHAPES, Compiled
from tests.api.compiler.compiling import CURSORS, compile_text, fields, schema


def test_the_programs_that_were_used_last_are_kept() -> None:
    text = "{ __typename }"
    program, _ = compile_text(text)
    document = Documents(schema(), limits=Limits()).parse(text)
    compiled = Compiled(
        Signature(schema(), document, document.operation(None), CURSORS, shaping=fields().table.shaping)
    )
    compiled.keep("first", program)
    for shape in range(SHAPES - 1):
        compiled.keep(shape, program)

    assert compiled.program("first") is program
    compiled.keep("one more", program)

    assert compiled.program("first") is program
    with pytest.raises(KeyError):
        compiled.program(0)
