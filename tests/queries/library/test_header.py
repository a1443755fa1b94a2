from __future__ import annotations

import pytest

from graph.errors import QueryFileError
from queries.library.header import split_header
from tests.queries.files import BODY, FIRST_BODY_LINE, HEADER, PATH


def refused(text: str) -> str:
    with pytest.raises(QueryFileError) as error:
        split_header(text, PATH)
    return str(error.value).removeprefix(f"{PATH}:")


def test_fields() -> None:
    header = split_header(f"{HEADER}\n{BODY}", PATH)
    assert header.fields["question"].text == "Which sponsors took in many children?"
    assert header.fields["example"].block == "{ busySponsors(minChildren: 3) {\n  totalCount\n} }"
    assert [(item.line, item.text) for item in header.fields["parameters"].items] == [
        (6, "minChildren: Int = 2 (at least 1) -- Least number of children."),
        (8, "asOf: Date = today -- Only facts dated up to this day count."),
    ]
    assert (header.body, header.body_line) == (BODY, FIRST_BODY_LINE)


def test_body_after_several_blank_lines() -> None:
    header = split_header(f"{HEADER}\n  \n// A comment of the body.\n{BODY}\n\n", PATH)
    assert header.body == f"// A comment of the body.\n{BODY}"
    assert header.body_line == FIRST_BODY_LINE + 1


def test_parameters_may_be_left_out() -> None:
    without = "\n".join(line for line in HEADER.split("\n")[:4] + HEADER.split("\n")[8:])
    assert "parameters" not in split_header(f"{without}\nRETURN 1", PATH).fields


def test_empty_comment_lines_and_tabs_are_harmless() -> None:
    text = (
        HEADER.replace("// key", "//\n// key").replace("//   many", "//\tmany").replace("//   sponsor", "//\tsponsor")
    )
    header = split_header(f"{text}\n{BODY}", PATH)
    assert header.fields["question"].text == "Which sponsors took in many children?"
    assert header.fields["columns"].items[0].text == "sponsor: Sponsor -- The sponsor."


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("// name", "MATCH (n)\n// name", "1: a question starts with its header; put `// name: ...` on the first line"),
        ("// name", "\n// name", "1: a question starts with its header; put `// name: ...` on the first line"),
        ("} }\n", "} }\nMATCH (n)\n", "19: the header ends with a blank line; put one before this line"),
        ("// name", "//   name", "1: the first line of a header is not indented; write `// name: ...`"),
        ("//   many", "//  many", "4: this line is indented by one space; indent it by two, or not at all"),
        (
            "//   many children?",
            "// many children?",
            "4: this line starts no field; write `// field: ...`, or indent it by two spaces to go on",
        ),
        (
            "// severity",
            "// sevrity",
            "14: a header has no field sevrity (did you mean severity?); use name, title, question, parameters, "
            "columns, key, order, severity, source, rules, omits, example, scans, kept",
        ),
        (
            "// key: sponsor",
            "// key: sponsor\n// key: sponsor",
            "13: key stands twice, first on line 12; keep one of them",
        ),
        ("// columns:", "// columns: sponsor", "9: the columns stand on lines of their own"),
        (
            "// severity: HIGH\n// source: default",
            "// source: default\n// severity: HIGH",
            "15: severity is out of its place; move it before source",
        ),
        (
            "//   sponsor: Sponsor",
            "//     sponsor: Sponsor",
            "10: indent the first of the columns by two spaces, not more",
        ),
        ("// severity: HIGH\n", "", "17: the header has no severity; add `// severity: HIGH, MEDIUM or LOW`"),
        (
            "// source: default",
            "// source:",
            "15: source is empty; write `// source: the published rule, or the word default`",
        ),
        (HEADER[HEADER.index("//   sponsor") : HEADER.index("// key")], "", "9: columns is empty; write `// columns: "),
    ],
)
def test_header_that_breaks_a_rule(old: str, new: str, wanted: str) -> None:
    assert old in HEADER
    message = refused(f"{HEADER.replace(old, new, 1)}\n{BODY}")
    assert message == wanted or (len(wanted) < len(message) and message.startswith(wanted))


@pytest.mark.parametrize("text", [HEADER, f"{HEADER}\n", f"{HEADER}\n  \n\n"])
def test_file_without_a_body(text: str) -> None:
    assert refused(text) == "18: the file ends with its header; add the Cypher that returns the columns"


@pytest.mark.parametrize("text", ["", "\n", "RETURN 1 AS x"])
def test_file_without_a_header(text: str) -> None:
    assert refused(text).startswith("1: a question starts with its header")
