"""Second records of one sponsor, and two people who only seem to be one: namesakes with another day of birth."""

from __future__ import annotations

from collections.abc import Sequence

from seed.synthetic.block import Block, Child, Sponsor
from seed.synthetic.safeguards import Person, SecondRecord
from seed.synthetic.sponsors import new_sponsor

_SECOND, _NAMESAKE = 0.25, 0.02
"""Shares of sponsors of several families who have a second record, and of sponsors with the name of another."""
_LARGEST = 6
"""Most children of a sponsor who has two records."""
_SHARES = ("name", "name", "phone", "document")
_FEWEST_YEARS = 7_300
"""Days from a sponsor's birth to the first release, at least."""


def namesake(block: Block, released: int) -> Person | None:
    """Now and then return somebody with the name of an earlier sponsor and another day of birth."""
    if not block.sponsors or not block.chance(_NAMESAKE):
        return None
    other = block.pick(tuple(block.sponsors[-20:]))
    birth = other.person.birth - block.between(1, 900)
    if birth > released - _FEWEST_YEARS or birth < 0:
        return None
    block.truth.plant("namesakes", other.key)
    return Person(other.person.first, other.person.last, birth)


def second_record(
    block: Block, sponsor: Sponsor, families: tuple[str, str], children: Sequence[Child]
) -> Sponsor | None:
    """Now and then add another record of a sponsor, to which the children of later groups are released.

    It has the same day of birth, and the name in capitals, or another name and the telephone number or an identity
    document of the first record.
    """
    later = [child for child in children if child.group > 1]
    if not later or len(children) > _LARGEST or not block.chance(_SECOND):
        return None
    shares = block.pick(_SHARES)
    first, last, birth = sponsor.person
    if shares == "name":
        person = Person(first.upper(), last.upper(), birth)
    else:
        person = Person(f"{first} Luz", f"{families[1]} {families[0]}", birth)
    released = min(child.released for child in later)
    other = new_sponsor(
        block, families=families, released=released, size=len(later), moves=0, shared=None, person=person
    )
    if shares == "phone":
        block.tables.call("Sponsor", other.key, sponsor.phone)
        callers = block.callers.setdefault(sponsor.phone, set())
        callers |= {sponsor.key, other.key}
        block.truth.plant("sharedPhones", sponsor.phone, "records", sorted(callers))
    block.second_records.append(SecondRecord(sponsor.key, other.key, shares))
    block.truth.plant("secondRecords", sponsor.key, other.key, shares)
    return other
