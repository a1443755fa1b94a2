"""Where facts come from: the actor, the kind of work, and the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Extract:
    """A source of facts: one extract of a file or system; `key` is the key of its `Source` node.

    Two extracts of one system are two sources. The values of the later one replace those of the earlier one.
    """

    key: str
    system: str
    file: str | None = None
    extracted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who writes, in which kind of work (such as "import" or "review"), and from which source, if any."""

    actor: str
    kind: str
    source: Extract | None = None

    @property
    def source_key(self) -> str | None:
        """The key of the source."""
        return self.source.key if self.source else None

    @property
    def system(self) -> str | None:
        """The system of the source."""
        return self.source.system if self.source else None
