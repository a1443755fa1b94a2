"""Answers about documents, checks and applications, at the reference date."""

from __future__ import annotations

from collections import defaultdict

from seed.synthetic.block import Block, Placement, Sponsor
from seed.synthetic.days import text
from seed.synthetic.safeguards import Check, Document
from seed.synthetic.screening import REQUIRED


def answer_about_screening(block: Block) -> None:
    """Write down what was wrong with the screening of the block's sponsors."""
    _answer_about_shared_documents(block)
    for sponsor in block.sponsors:
        _answer_about_denials(block, sponsor)
        for placement in sponsor.placements:
            _answer_about_checks(block, placement)
            _answer_about_documents(block, placement)


def _answer_about_shared_documents(block: Block) -> None:
    records: dict[str, set[Document]] = defaultdict(set)
    presenters: dict[str, dict[str, Sponsor]] = defaultdict(dict)
    for sponsor in block.sponsors:
        for document in sponsor.documents:
            records[document.number or document.key].add(document)
            presenters[document.number or document.key][sponsor.key] = sponsor
    for number, sponsors in presenters.items():
        first = min(document.key for document in records[number])
        if len(sponsors) == 1 < len(records[number]):
            block.truth.plant("ownCopies", first)
        if len(sponsors) > 1:
            children = {child for sponsor in sponsors.values() for child in sponsor.children}
            last = text(max(document.presented for document in records[number]))
            block.truth.answer("identityDocumentsSharedBySponsors", first, len(sponsors), len(children), last)


def _answer_about_documents(block: Block, placement: Placement) -> None:
    presented = {one for one in placement.sponsor.documents if one.presented <= placement.released}
    if presented and all(document.bad for document in presented):
        fault = "ILLEGIBLE" if all(document.legible is False for document in presented) else "UNVERIFIED"
        row = (placement.sponsor.key, fault, len(presented), text(placement.released))
        block.truth.answer("identityDocumentsUnverified", placement.child, placement.key, *row)
    elif any(document.bad for document in presented):
        block.truth.plant("otherDocuments", placement.child, placement.key)


def _answer_about_checks(block: Block, placement: Placement) -> None:
    released, of = text(placement.released), placement.sponsor.key
    made = {check.kind for check in placement.checks if check.subject == "SPONSOR"}
    for kind in REQUIRED:
        if kind not in made:
            missing = (kind, "SPONSOR", of, "MISSING", None, None, None)
            block.truth.answer("releasesWithoutSafetyChecks", placement.child, placement.key, *missing, released)
    for check in placement.checks:
        if check.result is None or check.result > placement.released:
            pending = (check.kind, check.subject, check.person, "PENDING", check.key, *_days(check))
            block.truth.answer("releasesWithoutSafetyChecks", placement.child, placement.key, *pending, released)


def _days(check: Check) -> tuple[str, str | None]:
    return text(check.requested), None if check.result is None else text(check.result)


def _answer_about_denials(block: Block, sponsor: Sponsor) -> None:
    for approved in sponsor.applications:
        before = [
            one
            for one in sponsor.applications
            if approved.decision == "APPROVED" and one.decision == "DENIED" and one.decided < approved.decided
        ]
        if before:
            latest = min(before, key=lambda one: (-one.decided, one.key))
            days = (text(latest.decided), text(approved.decided), approved.decided - latest.decided)
            row = (approved.key, latest.key, *days, latest.child == approved.child)
            block.truth.answer("sponsorsApprovedAfterDenial", sponsor.key, *row)
        elif approved.decision == "APPROVED" and any(one.decision == "DENIED" for one in sponsor.applications):
            block.truth.plant("laterDenials", sponsor.key, approved.key)
