"""Second answers to the questions about what agencies were told and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record
from tests.truth.notions_places import by, family, learned, missed, unless_after


def _missed_before(dump: Dump, agencies: list[str], day: date) -> Iterator[tuple[Record, Record]]:
    for hearing in dump.all("Hearing"):
        if missed(dump, hearing) and by(hearing["scheduledOn"], day):
            for agency in dump.all("Agency"):
                if agency["code"] in agencies:
                    yield hearing, agency


@answers("missedHearingsNotTold")
def missed_hearings_not_told(dump: Dump, minDays: int, agencies: list[str], asOf: date) -> Iterator[Row]:
    """Give each missed hearing and agency that has not learned of it after some days."""
    for hearing, agency in _missed_before(dump, agencies, asOf):
        days = (asOf - hearing["scheduledOn"]).days
        if days > minDays and not learned(dump, agency, hearing, asOf):
            yield {"hearing": hearing, "agency": agency, "daysSinceHearing": days}


@answers("missedHearingsToldLate")
def missed_hearings_told_late(dump: Dump, maxDays: int, agencies: list[str], asOf: date) -> Iterator[Row]:
    """Give each missed hearing and agency that learned of it late."""
    for hearing, agency in _missed_before(dump, agencies, asOf):
        told = learned(dump, agency, hearing, asOf)
        days = (told[0] - hearing["scheduledOn"]).days if told else 0
        if told and days > maxDays:
            yield {"hearing": hearing, "agency": agency, "learnedOn": told[0], "daysAfterHearing": days}


@answers("missedHearingsRecordedDifferently")
def missed_hearings_recorded_differently(dump: Dump, agencies: list[str], asOf: date) -> Iterator[Row]:
    """Give each hearing and agency whose record is another than that of an agency, or of the hearing."""
    chosen = {
        office
        for agency in dump.all("Agency")
        if not agencies or agency["code"] in agencies
        for office in family(dump, agency)
    }
    for hearing in dump.all("Hearing"):
        on = hearing["scheduledOn"]
        if not unless_after(on, asOf):
            continue
        said = {agency: _said(dump, agency, hearing, asOf) for agency in sorted(chosen)}
        for one, outcome in said.items():
            others = [(f"agency {two.key}", two, said[two]) for two in said if two > one]
            for name, two, other in [*others, (f"hearing {hearing.key}", None, hearing["outcome"])]:
                counts = missed(dump, hearing) or "MISSED" in (outcome, other)
                if outcome and other and outcome != other and counts:
                    yield {
                        "hearing": hearing,
                        "agencyA": one,
                        "agencyB": two,
                        "comparedWith": name,
                        "outcomeA": outcome,
                        "outcomeB": other,
                        "daysSinceHearing": (asOf - on).days if on else None,
                    }


def _said(dump: Dump, agency: Record, hearing: Record, day: date) -> str | None:
    records = [
        (tie["recordedOn"], tie["key"], tie["outcome"])
        for tie in dump.out(agency, "RECORDED")
        if tie.other == hearing and tie["outcome"] and by(tie["recordedOn"], day)
    ]
    return max(records)[2] if records else None
