from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.compiler.ids import global_id, label_and_key


@given(st.sampled_from(["Child", "Sponsor"]), st.text())
def test_an_id_names_its_label_and_key(label: str, key: str) -> None:
    assert label_and_key(global_id(label, key)) == (label, key)


@pytest.mark.parametrize("text", ["", "x", "Child:1", "Q2hpbGQ", "Q2hpbGQ6MQ==", "Q2hpbGQ6MQ ", "é", "Q2hpbGQ6MR"])
def test_any_other_text_names_nothing(text: str) -> None:
    assert label_and_key(text) is None


@given(st.text())
def test_no_text_breaks_reading(text: str) -> None:
    found = label_and_key(text)
    assert found is None or global_id(*found) == text
