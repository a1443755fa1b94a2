"""The formats of what commands print."""

from __future__ import annotations

from enum import StrEnum

CSV_HELP = "CSV is UTF-8 with a byte-order mark, as Excel wants it."


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"


class StatusFormat(StrEnum):
    """How a status is written."""

    TABLE = "table"
    JSON = "json"
