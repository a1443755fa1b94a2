from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.library.cypher_text import Kind, parameters, replace_parameters, significant, tokenize

PIECES = st.text(alphabet="$'\"`/*\\\n\r\t {}[]().:,|-<>=+%&!ab0_9eÑ", max_size=60)


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in significant(text)]


@given(PIECES | st.text())
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


@given(PIECES)
def test_lines_are_counted(text: str) -> None:
    seen = ""
    for token in tokenize(text):
        assert token.line == seen.count("\n") + 1
        seen += token.text


def _escaped(text: str, quote: str) -> str:
    return text.replace("\\", "\\\\").replace(quote, f"\\{quote}")


LITERALS = st.one_of(
    PIECES.map(lambda text: "'" + _escaped(text, "'") + "'"),
    PIECES.map(lambda text: '"' + _escaped(text, '"') + '"'),
    PIECES.map(lambda text: "`" + text.replace("`", "``") + "`"),
    PIECES.map(lambda text: "/*" + text.replace("*/", "* /").rstrip("*") + "*/"),
    PIECES.map(lambda text: "//" + text.replace("\n", " ").replace("\r", " ") + "\n"),
    st.sampled_from(["MATCH (n)", "n.key", "RETURN 1.5", "[1..3]", "{a: 1}", "x <> y"]),
)
PARAMETERS = st.sampled_from(["$a", "$asOf", "$`odd name`", "$0"])


@given(st.lists(st.tuples(st.booleans(), LITERALS, PARAMETERS), max_size=12))
def test_only_parameters_are_replaced(pieces: list[tuple[bool, str, str]]) -> None:
    text = " ".join(parameter if is_parameter else literal for is_parameter, literal, parameter in pieces)
    places = {"a": "$p[0]", "asOf": "$p[1]", "odd name": "$p[2]", "0": "$p[3]"}
    wanted = " ".join(
        places[parameter.strip("$`")] if is_parameter else literal for is_parameter, literal, parameter in pieces
    )
    assert replace_parameters(text, places) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$a[0] + $a", "$p[3][0] + $p[3]"),
        ("'$a' \"$a\" `$a` /* $a */ $a // $a", "'$a' \"$a\" `$a` /* $a */ $p[3] // $a"),
        (r"'it\'s $a' + $a", r"'it\'s $a' + $p[3]"),
        (r"'\\' + $a + '\\'", r"'\\' + $p[3] + '\\'"),
        ("`a``$a` + $a", "`a``$a` + $p[3]"),
        ("// one\r$a", "// one\r$p[3]"),
        ("/* /* $a */ $a", "/* /* $a */ $p[3]"),
        ("'never closed $a", "'never closed $a"),
        ("{a:$a}", "{a:$p[3]}"),
        ("1-$a..$a", "1-$p[3]..$p[3]"),
    ],
)
def test_replaced(text: str, wanted: str) -> None:
    assert replace_parameters(text, {"a": "$p[3]"}) == wanted


def test_parameter_without_replacement() -> None:
    with pytest.raises(KeyError, match="asOf"):
        replace_parameters("$asOf", {"a": "$p[0]"})


def test_parameters_in_their_order() -> None:
    found = parameters("$a\n+ $`b c` // $d\n+ $a")
    assert [(token.name, token.line) for token in found] == [("a", 1), ("b c", 2), ("a", 3)]


def test_kinds() -> None:
    assert kinds("MATCH (n:`A``b`)") == [
        (Kind.NAME, "MATCH"),
        (Kind.SYMBOL, "("),
        (Kind.NAME, "n"),
        (Kind.SYMBOL, ":"),
        (Kind.QUOTED, "`A``b`"),
        (Kind.SYMBOL, ")"),
    ]
    assert kinds("1..3 1.5 1e-5 0x1F 1_000") == [
        (Kind.NUMBER, "1"),
        (Kind.SYMBOL, "."),
        (Kind.SYMBOL, "."),
        (Kind.NUMBER, "3"),
        (Kind.NUMBER, "1.5"),
        (Kind.NUMBER, "1e-5"),
        (Kind.NUMBER, "0x1F"),
        (Kind.NUMBER, "1_000"),
    ]
    assert kinds("a 'open // x") == [(Kind.NAME, "a"), (Kind.UNENDED, "'open // x")]
    assert kinds("a /* open") == [(Kind.NAME, "a"), (Kind.UNENDED, "/* open")]


def test_name_of_an_escaped_token() -> None:
    assert [token.name for token in significant("`A``b` $`c d` $e f")] == ["A`b", "c d", "e", "f"]
