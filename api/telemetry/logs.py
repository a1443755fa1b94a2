"""The log: one line per event on standard error, as text or as JSON, without personal data.

Sightline's own loggers log nothing personal. What other libraries log may contain values, so only their logger, level
and exception types are kept.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

import orjson

from graph.settings import LogFormat, Settings

_OURS = "sightline"
_LEFT_OUT = "the text is left out, since it may hold personal data"


def start_logging(settings: Settings, *, stream: TextIO | None = None) -> None:
    """Set up logging as the settings say, in place of any earlier set-up."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format is LogFormat.JSON else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(settings.log_level.upper())


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, logger, pid, message, and the fields of its event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": record.process,
            "message": _message(record),
            **getattr(record, "fields", {}),
        }
        if kinds := _kinds(record):
            line["exception"] = kinds
        return orjson.dumps(line).decode()


class TextLines(logging.Formatter):
    """A record as a line for people to read."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = [f"{name}={value}" for name, value in getattr(record, "fields", {}).items()]
        kinds = [f"exception={kind}" for kind in _kinds(record)]
        head = f"{_time(record)} {record.levelname.lower()} {record.name}: {_message(record)}"
        return " ".join([head, *fields, *kinds])


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord) -> str:
    return record.getMessage() if record.name.partition(".")[0] == _OURS else _LEFT_OUT


def _kinds(record: logging.LogRecord) -> list[str]:
    """Return the types of a record's exception and of its causes, never their texts."""
    error = record.exc_info[1] if record.exc_info else None
    kinds: list[str] = []
    while error is not None and len(kinds) < 5:
        kinds.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return kinds
