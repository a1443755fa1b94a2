from __future__ import annotations

from typing import Any

import pytest

from tests.reference.compare import difference

CURSOR = "ref.YQ=="


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        ({"data": {"a": [1, None, "x"]}}, {"data": {"a": [1, None, "x"]}}),
        ({"cursor": "sealed"}, {"cursor": CURSOR}),
        ([], []),
    ],
)
def test_alike(got: Any, wanted: Any) -> None:
    assert difference(got, wanted) is None


@pytest.mark.parametrize(
    ("got", "wanted", "where"),
    [
        ({"a": 1}, {"a": 2}, "response.a is 1, not 2"),
        ({"a": True}, {"a": 1}, "response.a is True, not 1"),
        ({"a": None}, {"a": CURSOR}, "response.a is None, not a cursor"),
        ({"a": CURSOR}, {"a": None}, f"response.a is '{CURSOR}', not None"),
        ({"b": 1, "a": 1}, {"a": 1, "b": 1}, "response has the fields ['b', 'a'], not ['a', 'b']"),
        ({"a": [1]}, {"a": [1, 2]}, "response.a has 1 items, not 2: [1] instead of [1, 2]"),
        ({"a": [{"b": 1}]}, {"a": [{"b": None}]}, "response.a[0].b is 1, not None"),
        ({"a": {}}, {"a": None}, "response.a is {}, not None"),
    ],
)
def test_different(got: Any, wanted: Any, where: str) -> None:
    assert difference(got, wanted) == where
