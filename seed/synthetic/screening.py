"""Screening of sponsors: identity documents, adults of the household, background checks and applications."""

from __future__ import annotations

from seed.synthetic.block import Block, Placement, Sponsor
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.safeguards import Application, Check, Document

REQUIRED = ("PUBLIC_RECORDS", "SEX_OFFENDER_REGISTRY")
"""Checks that every sponsor must pass (default)."""
_FURTHER = ("FINGERPRINTS", "CHILD_ABUSE_REGISTRY")
_MISSING, _PENDING = 0.16, 0.19
"""Shares of releases with a missing and with a pending check (HHS OIG, OEI-07-21-00250)."""
_CAME_LATER, _SAME_DAY, _ADVERSE = 0.7, 0.04, 0.02
_ADULT, _ADULT_CHECKED, _MOVED_OUT = 0.2, 0.7, 0.25
_SECOND_DOCUMENT, _COPY, _SAME_DOCUMENT, _SAME_RECORD = 0.08, 0.02, 0.006, 0.004
_KINDS = ("PASSPORT", "PASSPORT", "NATIONAL_ID", "CONSULAR_ID", "DRIVERS_LICENSE", "BIRTH_CERTIFICATE", "OTHER")
_LEGIBLE, _CONFIRMED = (*(True,) * 15, *(False,) * 3, None), (*(True,) * 14, *(False,) * 2, None)
_NUMBERED = 0.95
_APPLIED, _DENIED, _DENIED_LATER = 0.12, 0.15, 0.1
"""Shares of releases with an application on record, of these with a denial before it, and with one not before it."""


def screen_sponsors(block: Block) -> None:
    """Add what is on record about the screening of every sponsor of a finished block."""
    for sponsor in block.sponsors:
        if sponsor.placements:
            _screen(block, sponsor)
    _share_documents(block)


def _screen(block: Block, sponsor: Sponsor) -> None:
    first = min(placement.released for placement in sponsor.placements)
    document = _present(block, sponsor, first - block.between(2, 20))
    if block.chance(_COPY):
        _present(block, sponsor, document.presented + 1, number=document.number)
    elif block.chance(_SECOND_DOCUMENT):
        _present(block, sponsor, min(first + block.between(-2, 200), REFERENCE))
    adult = _adult(block, sponsor, first) if block.chance(_ADULT) else ""
    for placement in sponsor.placements:
        _check(block, placement, adult)
        if block.chance(_APPLIED):
            _apply(block, placement)


def _present(block: Block, sponsor: Sponsor, day: int, *, number: str | None = None) -> Document:
    if number is None and block.chance(_NUMBERED):
        number = f"{block.rng.getrandbits(64):016x}"
    legible, verified = block.pick(_LEGIBLE), block.pick(_CONFIRMED)
    key = block.tables.add("IdentityDocument", day, block.pick(_KINDS), DATES[day], legible, verified, number)
    block.tables.link("PRESENTED", "Sponsor", sponsor.key, key)
    document = Document(key, number, day, legible, verified)
    sponsor.documents.append(document)
    return document


def _adult(block: Block, sponsor: Sponsor, released: int) -> str:
    girl = block.chance(0.5)
    first = block.pick(block.pools.girls if girl else block.pools.boys)
    last = f"{block.pick(block.pools.families)} {block.pick(block.pools.families)}"
    recorded = released - block.between(2, 20)
    birth = DATES[released - block.between(6_700, 22_000)]
    key = block.tables.add("HouseholdMember", recorded, first, last, birth)
    since = recorded - block.between(10, 900)
    until = DATES[block.between(since, recorded)] if block.chance(_MOVED_OUT) else None
    block.tables.relate("LIVES_WITH", "HouseholdMember", key, sponsor.key, DATES[since], until)
    return key


def _check(block: Block, placement: Placement, adult: str) -> None:
    """Add the checks of a release; a missing check has no record."""
    kinds = [*REQUIRED, *(_FURTHER if placement.category == "3" else ())]
    if block.chance(_MISSING):
        missing = block.pick(REQUIRED)
        kinds.remove(missing)
        block.truth.plant("missingChecks", placement.key, missing)
    pending = block.pick(tuple(kinds)) if block.chance(_PENDING) else ""
    for kind in kinds:
        _add_check(block, placement, kind, "SPONSOR", placement.sponsor.key, pending=kind == pending)
    if adult and block.chance(_ADULT_CHECKED):
        late = block.chance(_PENDING / 2)
        _add_check(block, placement, "PUBLIC_RECORDS", "HOUSEHOLD_MEMBER", adult, pending=late)


def _add_check(block: Block, placement: Placement, kind: str, subject: str, person: str, *, pending: bool) -> None:
    released = placement.released
    requested = released - block.between(0, 12)
    result: int | None = block.between(requested, released)
    if pending:
        result = released + block.between(1, 90) if block.chance(_CAME_LATER) else None
        result = None if result is None or result > REFERENCE else result
    elif block.chance(_SAME_DAY):
        result = released
    found = None if result is None else "ADVERSE" if block.chance(_ADVERSE) else "CLEAR"
    day = None if result is None else DATES[result]
    key = block.tables.add("BackgroundCheck", requested, kind, subject, DATES[requested], day, found)
    block.tables.link("HAS_CHECK", "Placement", placement.key, key)
    block.tables.link("CHECK_OF", "BackgroundCheck", key, person)
    placement.checks.append(Check(key, kind, subject, person, requested, result))
    if pending:
        block.truth.plant("pendingChecks", placement.key, key)
    elif result == released:
        block.truth.plant("sameDayResults", placement.key, key)


def _apply(block: Block, placement: Placement) -> None:
    """Add the application that was approved before a release, and now and then one that was denied."""
    decided = placement.released - block.between(1, 6)
    _file(block, placement, placement.child, decided, "APPROVED")
    drawn = block.rng.random()
    if drawn < _DENIED:
        another = block.sponsors[block.between(0, len(block.sponsors) - 1)].placements
        child = another[0].child if another and block.chance(0.5) else placement.child
        _file(block, placement, child, decided - block.between(1, 30), "DENIED")
    elif drawn < _DENIED + _DENIED_LATER:
        later = min(decided + block.between(0, 40), REFERENCE)
        _file(block, placement, placement.child, later, block.pick(("DENIED", "WITHDRAWN")))


def _file(block: Block, placement: Placement, child: str, decided: int, decision: str) -> None:
    filed = decided - block.between(3, 30)
    key = block.tables.add("SponsorApplication", filed, DATES[filed], DATES[decided], decision)
    sponsor = placement.sponsor
    block.tables.link("MADE_APPLICATION", "Sponsor", sponsor.key, key)
    block.tables.link("FOR_CHILD", "SponsorApplication", key, child)
    sponsor.applications.append(Application(key, child, decided, decision))


def _share_documents(block: Block) -> None:
    """Let second records, and a few strangers, present what another sponsor presented: a copy, or the same record."""
    known = {sponsor.key: sponsor for sponsor in block.sponsors}
    for one in block.second_records:
        if one.shares == "document":
            sponsor, other = known[one.sponsor], known[one.other]
            if not _copy(block, sponsor, other) and sponsor.documents:
                _present_again(block, sponsor.documents[0], sponsor, other)
    presenters = [sponsor for sponsor in block.sponsors if sponsor.documents]
    for sponsor, other in zip(presenters, presenters[7:], strict=False):
        drawn = block.rng.random()
        if drawn < _SAME_DOCUMENT:
            _copy(block, sponsor, other)
        elif drawn < _SAME_DOCUMENT + _SAME_RECORD:
            _present_again(block, sponsor.documents[0], sponsor, other)


def _copy(block: Block, sponsor: Sponsor, other: Sponsor) -> bool:
    """Let a sponsor present another's number too; False if either presented nothing, or nothing with a number."""
    numbered = next((document for document in sponsor.documents if document.number), None)
    if numbered is None or not other.documents:
        return False
    _present(block, other, other.documents[0].presented, number=numbered.number)
    block.truth.plant("sharedDocuments", sponsor.key, other.key)
    return True


def _present_again(block: Block, document: Document, sponsor: Sponsor, other: Sponsor) -> None:
    block.tables.link("PRESENTED", "Sponsor", other.key, document.key)
    other.documents.append(document)
    block.truth.plant("sharedDocuments", sponsor.key, other.key)
