"""The layout of the HHS releases."""

from __future__ import annotations

from seed.files.rows import Layout

COLUMNS = (
    "ID",
    "Child's Country of Origin",
    "Child's Gender",
    "Child's Date of Entry",
    "Child's Date of Release",
    "Sponsor Zipcode",
    "Sponsor Category",
    "Relationship of Sponsor",
)
LAYOUT = Layout("HHS releases", COLUMNS)
