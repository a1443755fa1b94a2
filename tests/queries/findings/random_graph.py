"""A random small graph around a day, and random touches of it through the writer that notes them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from graph.store import Store
from tests.writers import writer as new_writer

DAY = date(2024, 5, 31)
CHILDREN, SPONSORS, ADDRESSES = 8, 4, 3
OUTCOMES = ("MISSED", "ATTENDED", "SCHEDULED")


class RandomGraph:
    """Writes nodes and links of every kind that the questions look at; the same seed writes the same."""

    def __init__(self, store: Store, seed: int) -> None:
        self._random = Random(seed)
        self._writer = new_writer(store)
        self._serial = 0

    async def fill(self) -> None:
        """Write the people and places, and some facts about each child."""
        for label, number in (("Child", CHILDREN), ("Sponsor", SPONSORS), ("Address", ADDRESSES)):
            await self._writer.nodes(label, [{"key": f"{label}{i}"} for i in range(number)])
        for _ in range(5 * CHILDREN):
            await self.touch()

    async def touch(self) -> None:
        """Write one fact: new, or another value of one that is there."""
        await self._random.choice(
            (self._placement, self._hearing, self._contact, self._notice, self._home, self._child)
        )()

    def _day(self) -> date | None:
        return self._random.choice((None, *(DAY + timedelta(days=n) for n in (-200, -60, -31, -30, -29, -1, 0, 1))))

    def _one(self, label: str, number: int) -> str:
        return f"{label}{self._random.randrange(number)}"

    async def _node(self, label: str, **values: Any) -> str:
        """Write a node: a new one, or one of the last few again with other values."""
        self._serial += 1
        key = f"{label}-{self._random.randrange(max(0, self._serial - 12), self._serial + 1)}"
        await self._writer.nodes(label, [{"key": key, **values}])
        return key

    async def _link(self, kind: str, start: tuple[str, str], end: tuple[str, str], **values: Any) -> None:
        row = {"start": start[1], "end": end[1], **values}
        await self._writer.relationships(kind, start[0], end[0], [row])

    async def _placement(self) -> None:
        relationship = self._random.choice(("UNRELATED", "PARENT"))
        key = await self._node("Placement", releasedOn=self._day(), relationship=relationship)
        await self._link("HAS_PLACEMENT", ("Child", self._one("Child", CHILDREN)), ("Placement", key))
        await self._link("WITH_SPONSOR", ("Placement", key), ("Sponsor", self._one("Sponsor", SPONSORS)))
        await self._link("RELEASED_TO", ("Placement", key), ("Address", self._one("Address", ADDRESSES)))

    async def _hearing(self) -> None:
        key = await self._node("Hearing", scheduledOn=self._day(), outcome=self._random.choice(OUTCOMES))
        child = self._one("Child", CHILDREN)
        await self._writer.nodes("CourtCase", [{"key": f"case-{child}"}])
        await self._link("RESPONDENT_IN", ("Child", child), ("CourtCase", f"case-{child}"))
        await self._link("HAS_HEARING", ("CourtCase", f"case-{child}"), ("Hearing", key))

    async def _contact(self) -> None:
        outcome = self._random.choice(("REACHED", "NO_ANSWER"))
        key = await self._node("ContactAttempt", attemptedOn=self._day(), outcome=outcome)
        await self._link("HAS_CONTACT", ("Child", self._one("Child", CHILDREN)), ("ContactAttempt", key))

    async def _notice(self) -> None:
        key = await self._node("NoticeToAppear", filedOn=self._day())
        await self._link("HAS_NOTICE", ("Child", self._one("Child", CHILDREN)), ("NoticeToAppear", key))

    async def _home(self) -> None:
        self._serial += 1
        key = f"home-{self._random.randrange(6)}"
        sponsor, address = self._one("Sponsor", SPONSORS), self._one("Address", ADDRESSES)
        days = {"since": self._day(), "until": self._random.choice((None, self._day()))}
        await self._link("RESIDES_AT", ("Sponsor", sponsor), ("Address", address), key=key, **days)

    async def _child(self) -> None:
        await self._writer.nodes("Child", [{"key": self._one("Child", CHILDREN), "transferredOn": self._day()}])
