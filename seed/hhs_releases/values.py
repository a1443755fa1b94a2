"""Values of the HHS releases: text as people typed it, converted to the model's values.

Each function returns `(value, note)`. The value is `None` when it is unknown. The note says what is wrong with the
text, and is empty when nothing is. A blank is unknown, without a note.
"""

from __future__ import annotations

import re
from functools import lru_cache

from seed.files.values import bare, capitalised, is_blank, narrow
from seed.hhs_releases.relationships import RELATIONSHIPS

LONGEST_VALUE = 100

_CACHED = 32_768
_ID = re.compile(r"(\d{1,18})(?:\.0*)?", re.ASCII)
_CATEGORY = re.compile(r"(?:cat(?:egory)?\.? ?)?(1|2[ -]?[ab]|2|3)(?:\.0*)?")
_SEXES = {"f": "FEMALE", "female": "FEMALE", "m": "MALE", "male": "MALE"}
_QUALIFIER = re.compile(r"\(?(?:non|not)?[- ]*(?:the )?primary care ?giver\)?")
_KIND = re.compile(r"^(?:maternal|paternal|biological|adoptive|adult)+")


@lru_cache(maxsize=_CACHED)
def read_category(text: str) -> tuple[str | None, str]:
    """Read a sponsor category; a plain 2 stays 2, as 2A or 2B was not recorded."""
    text = narrow(text).casefold()
    if is_blank(text):
        return None, ""
    match = _CATEGORY.fullmatch(text)
    if match is None:
        return None, "is not a sponsor category; 1, 2, 2A, 2B or 3 is expected"
    return re.sub("[ -]", "", match[1]).upper(), ""


@lru_cache(maxsize=_CACHED)
def read_relationship(text: str) -> tuple[str | None, str]:
    """Read a relationship, ignoring case, spaces, hyphens and who cared for the child before.

    Alternatives such as `Aunt/Uncle` are read when they agree.
    """
    text = bare(text).casefold()
    if is_blank(text):
        return None, ""
    parts = re.split(r"/|&|\bor\b|\band\b", _QUALIFIER.sub("", text))
    values = {RELATIONSHIPS.get(_KIND.sub("", re.sub(r"[\W_]", "", part))) for part in parts}
    value = values.pop()
    if values or value is None:
        return None, "is not a relationship that is known here"
    return value, ""


@lru_cache(maxsize=_CACHED)
def read_country(text: str) -> tuple[str | None, str]:
    """Read a country's name as written; one that is all in capitals gets the usual capitals."""
    text = bare(text)
    if is_blank(text):
        return None, ""
    if len(text) > LONGEST_VALUE:
        return None, f"is longer than {LONGEST_VALUE} characters"
    if "\ufffd" in text or not any(c.isalpha() for c in text) or any(c.isdigit() for c in text):
        return None, "is not the name of a country"
    return capitalised(text) if text.isupper() or text.islower() else text, ""


@lru_cache(maxsize=_CACHED)
def read_sex(text: str) -> tuple[str | None, str]:
    """Read F, M, Female or Male in any case."""
    text = narrow(text).casefold()
    if is_blank(text) or text == "u":
        return None, ""
    value = _SEXES.get(text.removesuffix("."))
    return value, "" if value else "is not a sex; F or M is expected"


def read_id(text: str) -> tuple[str | None, str]:
    """Read the record number: its digits without leading zeros."""
    match = _ID.fullmatch(text.strip()) or _ID.fullmatch(narrow(text))
    if match is None:
        return None, "is not a record number" if bare(text) else "is blank; a row without its number cannot be kept"
    return str(int(match[1])), ""
