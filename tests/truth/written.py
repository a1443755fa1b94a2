"""All second answers; importing this module brings them together."""

from __future__ import annotations

from tests.truth import (
    answers_addresses,
    answers_agencies,
    answers_care,
    answers_concerns,
    answers_contact,
    answers_court,
    answers_court_places,
    answers_custody,
    answers_employers,
    answers_links,
    answers_oversight,
    answers_screening,
    answers_sponsors,
    answers_timeline,
)
from tests.truth.answers import ANSWERS, ordered_rows

THEMES = (
    answers_addresses,
    answers_agencies,
    answers_care,
    answers_concerns,
    answers_contact,
    answers_court,
    answers_court_places,
    answers_custody,
    answers_employers,
    answers_links,
    answers_oversight,
    answers_screening,
    answers_sponsors,
    answers_timeline,
)
"""The modules that keep the answers, by theme."""

__all__ = ["ANSWERS", "THEMES", "ordered_rows"]
