"""Second answers about checks of sponsors, their applications and their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.truth.answers import Row, answers
from tests.truth.answers_care import each_release
from tests.truth.dump import Dump, Record
from tests.truth.notions import children_of, sponsors, up_to

FINGERPRINTS = date(2025, 2, 14)


@answers("identityDocumentsSharedBySponsors")
def identity_documents_shared(dump: Dump, minSponsors: int, asOf: date) -> Iterator[Row]:
    same: dict[str, list[Record]] = defaultdict(list)
    for document in dump.all("IdentityDocument"):
        if up_to(document["presentedOn"], asOf):
            number = document["numberHash"]
            same[f"record {document.key}" if number is None else f"number {number}"].append(document)
    for records in same.values():
        presenters = dump.starts(records, "PRESENTED")
        if len(presenters) >= minSponsors:
            yield {
                "document": min(records),
                "sponsorCount": len(presenters),
                "childCount": len(children_of(dump, presenters, asOf)),
                "lastPresentedOn": max(one["presentedOn"] for one in records if dump.starts(one, "PRESENTED")),
            }


@answers("identityDocumentsUnverified")
def identity_documents_unverified(dump: Dump, asOf: date) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, grown=True):
        for sponsor in sponsors(dump, placement):
            shown = [
                one for one in dump.ends(sponsor, "PRESENTED") if up_to(one["presentedOn"], placement["releasedOn"])
            ]
            read = [one for one in shown if one["legible"] is not False]
            if shown and all(one["verified"] is False for one in read):
                yield {
                    "child": child,
                    "placement": placement,
                    "sponsor": sponsor,
                    "fault": "UNVERIFIED" if read else "ILLEGIBLE",
                    "documentCount": len(shown),
                    "releasedOn": placement["releasedOn"],
                }


@answers("releasesWithoutSafetyChecks")
def releases_without_safety_checks(dump: Dump, kinds: list[str], asOf: date) -> Iterator[Row]:
    for child, placement in each_release(dump, asOf, grown=True):
        for row in _unchecked(dump, placement, kinds, asOf):
            yield {"child": child, "placement": placement, "releasedOn": placement["releasedOn"], **row}


def _unchecked(dump: Dump, placement: Record, kinds: list[str], day: date) -> Iterator[Row]:
    """Give what was missing or pending on the day of a release, by person and kind."""
    released = placement["releasedOn"]
    on_record = sponsors(dump, placement)
    if not on_record:
        return
    asked = {(one, kind) for one in on_record for kind in kinds}
    if released >= FINGERPRINTS:
        household = {member for sponsor in on_record for member in _lived_with(dump, sponsor, released)}
        asked |= {(one, "FINGERPRINTS") for one in (*on_record, *household)}
    made: dict[tuple[Record, str], list[Record]] = defaultdict(list)
    for check in dump.ends(placement, "HAS_CHECK"):
        known = up_to(check["requestedOn"], released) or up_to(check["resultOn"], released)
        for person in _checked(dump, check, on_record) if known and check["kind"] is not None else ():
            made[person, check["kind"]].append(check)
    for person, kind in {*asked, *made}:
        checks = sorted(made[person, kind], key=lambda one: (one["requestedOn"] or released, one.key))
        if not any(up_to(one["resultOn"], released) for one in checks):
            first = checks[0] if checks else None
            later = first["resultOn"] if first is not None else None
            yield {
                "kind": kind,
                "subject": "SPONSOR" if person.label == "Sponsor" else "HOUSEHOLD_MEMBER",
                "person": person.key,
                "state": "MISSING" if first is None else "PENDING",
                "backgroundCheck": first,
                "requestedOn": None if first is None else first["requestedOn"],
                "resultOn": later if up_to(later, day) else None,
            }


def _checked(dump: Dump, check: Record, on_record: list[Record]) -> set[Record]:
    """Return whom a check for a release is of: those whom it names, else the sponsor where it is about one."""
    named = dump.ends(check, "CHECK_OF")
    if not named and check["subject"] == "SPONSOR":
        return set(on_record)
    return {one for one in named if one.label == "HouseholdMember" or one in on_record}


def _lived_with(dump: Dump, sponsor: Record, day: date) -> set[Record]:
    """Return the adults who lived with a sponsor on a day."""
    return {
        tie.other
        for tie in dump.into(sponsor, "LIVES_WITH")
        if (tie["since"] is None or tie["since"] <= day) and (tie["until"] is None or day <= tie["until"])
    }


@answers("sponsorsApprovedAfterDenial")
def sponsors_approved_after_denial(dump: Dump, asOf: date) -> Iterator[Row]:
    for sponsor in dump.all("Sponsor"):
        decided = [one for one in dump.ends(sponsor, "MADE_APPLICATION") if up_to(one["decidedOn"], asOf)]
        for approval in decided:
            before = [
                one for one in decided if one["decision"] == "DENIED" and one["decidedOn"] < approval["decidedOn"]
            ]
            if approval["decision"] != "APPROVED" or not before:
                continue
            last = max(one["decidedOn"] for one in before)
            denial = min(one for one in before if one["decidedOn"] == last)
            yield {
                "sponsor": sponsor,
                "application": approval,
                "denial": denial,
                "deniedOn": last,
                "approvedOn": approval["decidedOn"],
                "waitDays": (approval["decidedOn"] - last).days,
                "sameChild": bool(set(dump.ends(approval, "FOR_CHILD")) & set(dump.ends(denial, "FOR_CHILD"))),
            }
