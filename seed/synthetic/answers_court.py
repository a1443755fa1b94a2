"""Answers about hearings, at the reference date: who was told of a missed one, and who recorded it differently."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from seed.synthetic.answers_proceedings import answer_about_proceedings
from seed.synthetic.block import Block, Child, Hearing
from seed.synthetic.days import REFERENCE, text
from seed.synthetic.recordings import TOLD, TOLD_WITHIN


def answer_about_court(block: Block, children: Sequence[Child]) -> None:
    """Write down what the notices, cases and hearings of the children add to the answers."""
    heard: dict[str, Hearing] = {}
    for child in children:
        answer_about_proceedings(block, child)
        heard |= {hearing.key: hearing for hearing in child.case.hearings} if child.case else {}
    for hearing in heard.values():
        _answer_about_hearing(block, hearing)


def _answer_about_hearing(block: Block, hearing: Hearing) -> None:
    keys = block.world.agencies
    if hearing.missed:
        for agency in TOLD:
            _answer_about_telling(block, hearing, agency)
    for one, other in combinations(sorted(hearing.recorded, key=lambda code: keys[code]), 2):
        _answer_about_pair(block, hearing, one, other)
    for code in hearing.recorded:
        _answer_about_pair(block, hearing, code, None)


def _answer_about_pair(block: Block, hearing: Hearing, one: str, other: str | None) -> None:
    """Compare what an agency recorded with what another one did, or with the hearing's own outcome."""
    keys = block.world.agencies
    outcomes = hearing.recorded[one][0], hearing.outcome if other is None else hearing.recorded[other][0]
    if outcomes[0] == outcomes[1] or not (hearing.missed or "MISSED" in outcomes):
        return
    agency = None if other is None else keys[other]
    against = f"hearing {hearing.key}" if agency is None else f"agency {agency}"
    row = (hearing.key, keys[one], agency, against, *outcomes, REFERENCE - hearing.day)
    block.truth.answer("missedHearingsRecordedDifferently", *row)


def _answer_about_telling(block: Block, hearing: Hearing, agency: str) -> None:
    """Record who was told: an office's records and messages count for its agency; only a failure to appear tells."""
    recorded = [day for code, (outcome, day) in hearing.recorded.items() if _of(code, agency) and outcome == "MISSED"]
    told = [day for code, day in hearing.told.items() if _of(code, agency)]
    learned = min([*told, *recorded], default=None)
    row = (hearing.key, block.world.agencies[agency])
    if learned is None:
        if hearing.day < REFERENCE - TOLD_WITHIN:
            block.truth.answer("missedHearingsNotTold", *row, REFERENCE - hearing.day)
    elif learned > hearing.day + TOLD_WITHIN:
        block.truth.answer("missedHearingsToldLate", *row, text(learned), learned - hearing.day)


def _of(code: str, agency: str) -> bool:
    return code == agency or code.startswith(f"{agency}-")
