"""Text without case and accents, as the folded twins keep it."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return the text without case and accents: `Núñez` becomes `nunez`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c)))
