"""Search: a text as words that are looked up in the full-text index, exact ones before near ones."""

from __future__ import annotations

import re

from graph.errors import BadInput

LONGEST = 200
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[\d\s().+\-]*")
_FUZZY_FROM = 4


def lucene(text: object) -> str:
    """Return the full-text query for a text: every word in it exactly, from its start, or but for a typing error.

    Only letters and digits of the text get into the query, so that nothing in it is syntax. Raises `BadInput` when
    no word is left, or for a text longer than anybody types.
    """
    given = str(text)
    if len(given) > LONGEST:
        raise BadInput(f"The text to search for is longer than {LONGEST} characters; give fewer words.")
    words = [word.lower() for word in _WORD.findall(given)][:MOST_WORDS]
    if not words:
        raise BadInput("The text to search for has no letter or digit; give a name, a number or an address.")
    clauses = [_word(word) for word in words]
    digits = "".join(re.findall(r"\d", given))
    if len(words) > 1 and len(digits) > 5 and _NUMBER.fullmatch(given.lstrip("aA# ")):
        clauses.append(_word(digits))
    return " ".join(clauses)


def _word(word: str) -> str:
    number = word.isdigit()
    forms = [f"{word}^16"]
    if len(word) > 2:
        forms.append(f"{word}*^4")
    if len(word) >= _FUZZY_FROM:
        forms.append(f"{word}~{1 if number or len(word) < 8 else 2}")
    if number and len(word) == 10:
        forms.append(f"1{word}^16")
    return f"({' '.join(forms)})"
