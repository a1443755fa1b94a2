"""Global ids: opaque to clients, but a label and a key to us."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

_ID = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def global_id(label: str, key: str) -> str:
    """Return the global id of the node with that label and key."""
    return urlsafe_b64encode(f"{label}:{key}".encode()).rstrip(b"=").decode()


def label_and_key(text: str) -> tuple[str, str] | None:
    """Return the label and key in a global id; `None` for any other text, which names no object."""
    if not _ID.fullmatch(text):
        return None
    try:
        label, colon, key = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
    except ValueError:
        return None
    return (label, key) if colon and global_id(label, key) == text else None
