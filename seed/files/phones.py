"""Reads telephone numbers, by `phonenumbers`, Google's library of the numbering plans of all countries."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from seed.files.values import is_blank, narrow

HOME = "US"
"""The country of a number without a country code."""
LONGEST = 60
_CACHED = 32_768
_ENDS = re.compile(r"\s*(?:/|;|,|\||\bor\b|\band\b|\by\b|\bo\b|&)\s*(?=[+(\d])", re.IGNORECASE)
_WORDS = re.compile(
    r"\((?!\d)[^()]*\)|\b(?:cell|home|work|mobile|casa|trabajo|celular|tel(?:[eé]fono)?|phone|ph)\b[.:]?", re.IGNORECASE
)
_EXTENSION = re.compile(r"(?:extension|extn?|ext\.?|x|#)\s*[.:#]?\s*(\d{1,8})$", re.IGNORECASE)
_DECIMALS = re.compile(r"(\+?\d{7,15})\.0*")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_ABROAD = re.compile(r"00(?=[1-9])")
_REASONS = {
    ValidationResult.TOO_SHORT: "has too few digits for a telephone number",
    ValidationResult.TOO_LONG: "has too many digits for a telephone number; a number of another country needs +",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "has no area code",
    ValidationResult.INVALID_COUNTRY_CODE: "has a country code that does not exist",
}


@lru_cache(maxsize=_CACHED)
def read_phone(text: str) -> tuple[str | None, str]:
    """Read a number as E.164, such as `+17135550100`, with an extension as RFC 3966 writes it: `+17135550100;ext=12`.

    Without a country code it is a number of the United States. The note says why a text is not a number.
    """
    parts = _parts(text)
    text = narrow(text)
    if is_blank(text):
        return None, ""
    if len(text) > LONGEST:
        return None, f"is longer than {LONGEST} characters"
    if len(parts) > 1:
        return None, "holds several numbers; give each a column of its own"
    if _SCIENTIFIC.fullmatch(text):
        return None, "has lost its last digits to a spreadsheet"
    return _read(_ABROAD.sub("+", text, count=1) if _ABROAD.match(text) else text)


def read_phones(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the numbers of a text that may hold several, such as `713-555-0100 / 281-555-0100`; and the notes on it."""
    read = [read_phone(part) for part in _parts(text)]
    numbers = dict.fromkeys(number for number, _ in read if number)
    return tuple(numbers), tuple(dict.fromkeys(reason for _, reason in read if reason))


def phone_key(number: str) -> str:
    """Return the key of a number, which is the same for every source and does not show it."""
    return f"phone-{sha256(number.encode()).hexdigest()[:16]}"


def _parts(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in _ENDS.split(narrow(line)) if part]


def _read(text: str) -> tuple[str | None, str]:
    text = _WORDS.sub(" ", text).strip(" .,:;-")
    if whole := _DECIMALS.fullmatch(text):
        text = whole[1]
    extension = _EXTENSION.search(text)
    text = text[: extension.start()].strip(" ,;-") if extension else text
    if any(c.isalpha() for c in text):
        return None, "is not a telephone number"
    try:
        number = phonenumbers.parse(text, HOME)
    except NumberParseException:
        return None, "is not a telephone number"
    if len(set(str(number.national_number))) == 1:
        return None, "repeats one digit, so it stands for no number"
    if not phonenumbers.is_valid_number(number):
        result = phonenumbers.is_possible_number_with_reason(number)
        return None, _REASONS.get(result, "is not a number in use in its country")
    told = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{told};ext={extension[1]}" if extension else told, ""
