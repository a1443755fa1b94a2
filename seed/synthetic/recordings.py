"""What agencies know about a hearing: their own records of it, and the messages between them."""

from __future__ import annotations

from datetime import timedelta

from seed.synthetic.block import Block, Child, Hearing
from seed.synthetic.days import DATES, MORNINGS, REFERENCE

TOLD_WITHIN = 3
"""Days within which an agency should be told of a missed hearing (a default)."""

_CHANNELS = {"ORR": ("EMAIL", "EMAIL", "PORTAL"), "OPLA": ("INTERFACE", "SPREADSHEET"), "ERO": ("SPREADSHEET", "EMAIL")}
_SENDERS = {"ORR": "ERO", "OPLA": "EOIR", "ERO": "OPLA"}
TOLD = tuple(_SENDERS)
"""Agencies that should be told of a missed hearing."""
_RIGHT, _LATE, _DIFFERENT = 0.5, 0.2, 0.1
"""Shares of missed hearings that another agency records correctly, late or with another outcome, or else not at all."""
_TO_OFFICE = 0.25
"""Share of messages for ERO that go to the field office of the child's area."""
_TOLD, _TOLD_LATE, _FAILED = 0.4, 0.25, 0.05
"""Shares of missed hearings that another agency was told of in time, late, or by a message that did not arrive."""


def record_hearing(block: Block, hearing: Hearing, child: Child) -> None:
    """Add the agencies' records of a hearing, and of a missed one also the messages, with their faults."""
    day, outcome = hearing.day, hearing.outcome
    if outcome == "SCHEDULED":
        return
    _record(block, "EOIR", hearing, outcome, min(day + block.between(0, 3), REFERENCE))
    home = child.home_on(day)
    if outcome == "MISSED":
        for agency in _SENDERS:
            _record_missed(block, agency, hearing)
            to_office = home and agency == "ERO" and block.chance(_TO_OFFICE)
            _tell(block, agency, hearing, block.world.field_office(home.area) if home and to_office else agency)
    elif block.chance(0.7):
        given = outcome
        if block.chance(0.02):
            given = "MISSED" if outcome != "CANCELLED" else "ATTENDED"
            block.truth.plant("recordings", hearing.key, "OPLA", "DIFFERENT")
        _record(block, "OPLA", hearing, given, min(day + block.between(0, 10), REFERENCE))
    if home and block.chance(0.05):
        office = block.world.field_office(home.area)
        _record(block, office, hearing, outcome, min(day + block.between(0, 20), REFERENCE))


def _record(block: Block, agency: str, hearing: Hearing, outcome: str, day: int) -> None:
    hearing.recorded[agency] = outcome, day
    block.tables.record(block.world.agencies[agency], hearing.key, outcome, DATES[day])


def _record_missed(block: Block, agency: str, hearing: Hearing) -> None:
    drawn = block.rng.random()
    day = hearing.day
    given, recorded, fault = "MISSED", day + block.between(0, TOLD_WITHIN), ""
    if drawn >= _RIGHT + _LATE + _DIFFERENT:
        fault = "MISSING"
    elif drawn >= _RIGHT + _LATE:
        given, fault = block.pick(("ATTENDED", "ADJOURNED", "SCHEDULED")), "DIFFERENT"
    elif drawn >= _RIGHT:
        recorded, fault = day + block.between(TOLD_WITHIN + 1, 120), "LATE"
    if recorded > REFERENCE:
        fault = "MISSING"
    if fault:
        block.truth.plant("recordings", hearing.key, agency, fault)
    if fault != "MISSING":
        _record(block, agency, hearing, given, recorded)


def _tell(block: Block, agency: str, hearing: Hearing, receiver: str) -> None:
    drawn = block.rng.random()
    day = hearing.day
    if drawn < _TOLD:
        sent, status, fault = day + block.between(1, TOLD_WITHIN), "ACKNOWLEDGED", ""
    elif drawn < _TOLD + _TOLD_LATE:
        sent, status, fault = day + block.between(TOLD_WITHIN + 1, 90), "SENT", "LATE"
    elif drawn < _TOLD + _TOLD_LATE + _FAILED:
        sent, status, fault = day + block.between(1, TOLD_WITHIN), "FAILED", "FAILED"
    else:
        sent, status, fault = day, "", "NEVER"
    if sent >= REFERENCE:
        fault = "NEVER"
    if fault:
        block.truth.plant("notifications", hearing.key, agency, fault)
    if fault != "NEVER":
        _send(block, agency, hearing, sent, status, receiver)


def _send(block: Block, agency: str, hearing: Hearing, sent: int, status: str, receiver: str) -> None:
    at = MORNINGS[sent] + timedelta(minutes=block.between(0, 500))
    acknowledged = at + timedelta(hours=block.between(1, 14)) if status == "ACKNOWLEDGED" else None
    channel = block.pick(_CHANNELS[agency])
    key = block.tables.add("Notification", sent, "MISSED_HEARING", channel, at, acknowledged, status)
    block.tables.link("ABOUT", "Notification", key, hearing.key)
    block.tables.link("SENT_BY", "Notification", key, block.world.agencies[_SENDERS[agency]])
    block.tables.link("SENT_TO", "Notification", key, block.world.agencies[receiver])
    if status != "FAILED":
        hearing.told[receiver] = sent
