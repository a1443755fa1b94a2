from __future__ import annotations

import time

import pytest
from graphql import get_introspection_query, parse

from api.documents.limits import Limits, check
from graph.errors import CostLimitExceeded

TIGHT = Limits(depth=3, root_fields=2, selections=6, aliases=2, directives=2)


@pytest.mark.parametrize(
    "text",
    [
        "{ a { b { c } } }",
        "{ a b }",
        "{ a { b c d e f } }",
        "{ a { x: b y: c } }",
        "{ a @skip(if: true) @include(if: true) }",
        "{ ... on A { a b } }",
        "{ a { ...F } } fragment F on A { b { c } }",
        "{ a } fragment Unused on A { b { c { d { e { f } } } } }",
    ],
)
def test_what_is_at_the_limit_passes(text: str) -> None:
    check(parse(text), TIGHT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{ a { b { c { d } } } }", "nests its fields 4 deep; the limit is 3"),
        ("{ a { ...F } } fragment F on A { b { ... { c { d } } } }", "nests its fields 4 deep; the limit is 3"),
        ("{ a b c }", "has 3 root fields; the limit is 2"),
        ("{ a ... { b } ...F } fragment F on A { c }", "has 3 root fields; the limit is 2"),
        ("{ a { b c d e f g } }", "selects 7 fields and fragments; the limit is 6"),
        ("{ a { ...F ...F } } fragment F on A { b c }", "selects 7 fields and fragments; the limit is 6"),
        ("{ a { x: b y: c z: d } }", "uses 3 aliases; the limit is 2"),
        ("{ a { ...F y: c ...F } } fragment F on A { x: b }", "uses 3 aliases; the limit is 2"),
        ("query @a @b @c { a }", "uses 3 directives; the limit is 2"),
        ("{ a } query Second { a b c }", "has 3 root fields; the limit is 2"),
    ],
)
def test_what_is_over_a_limit_is_refused_with_both_numbers(text: str, said: str) -> None:
    with pytest.raises(CostLimitExceeded, match=said):
        check(parse(text), Limits(depth=3, root_fields=2, selections=6, aliases=2, directives=2))


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on Q { ...A }",
        "{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }",
        "{ ...Unknown a { ...Other } }",
        "{ ...A } fragment A on Q { ...B ...C } fragment B on Q { ...C } fragment C on Q { ...A ...B a }",
    ],
)
def test_cycles_and_unknown_fragments_are_left_to_validation(text: str) -> None:
    check(parse(text), Limits())


def test_each_fragment_is_visited_once() -> None:
    levels = "".join(f"fragment F{n} on Q {{ ...F{n + 1} ...F{n + 1} }} " for n in range(400))
    document = parse("{ ...F0 } " + levels + "fragment F400 on Q { a }")
    started = time.process_time()
    with pytest.raises(CostLimitExceeded, match="more than 1,000,000,000"):
        check(document, Limits())
    assert time.process_time() - started < 0.1


def test_a_long_chain_of_fragments_needs_no_recursion() -> None:
    links = "".join(f"fragment F{n} on Q {{ a {{ ...F{n + 1} }} }} " for n in range(2_000))
    with pytest.raises(CostLimitExceeded, match="2,001 deep"):
        check(parse("{ ...F0 } " + links + "fragment F2000 on Q { a }"), Limits())


def test_the_introspection_of_tools_passes() -> None:
    check(parse(get_introspection_query(input_value_deprecation=True, specified_by_url=True)), Limits())
