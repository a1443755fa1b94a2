"""Documents: parsed, checked against the limits, validated, with their fields' arguments."""

from api.documents.parsing import (
    Document,
    Documents,
)

__all__ = ["Document", "Documents"]
