"""Names as people write them, and the forms in which one name may come from a keyboard, a form or a document."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal

from hypothesis import strategies as st

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
INVISIBLE = ("\u00ad", "\u200b", "\u200d", "\u200e", "\u2067", "\ufeff", "\u034f")
_LETTERS = "abdeijlnorsuvzABCDEJLMNOPRSTZáéíñóúüçÁÑØłß\ufb01\uff4e\u0301"


def names() -> st.SearchStrategy[str]:
    """Return names of one to four words with what may stand between them."""
    word = st.text(_LETTERS, min_size=1, max_size=7)
    between = st.sampled_from((" ", "-", "'", "\u2019", ". ", ".", "\u2011", "\u00a0", ""))
    return st.builds(
        lambda first, rest: first + "".join(gap + one for gap, one in rest),
        word,
        st.lists(st.tuples(between, word), max_size=3),
    )


def typed(name: str, form: Form, invisible: list[str], random: Any) -> str:
    """Return a name in a normal form, with invisible characters strewn in."""
    letters = list(unicodedata.normalize(form, name))
    for sign in invisible:
        letters.insert(random.randrange(len(letters) + 1), sign)
    return "".join(letters)
