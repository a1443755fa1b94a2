"""The ground truth: what the generator planted, by its own decisions, so that answers can be checked exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from seed.synthetic.days import REFERENCE_DATE
from seed.synthetic.presets import Figures

LARGEST_SET = 10_000
"""Sets beyond the answers of `FLAGSHIPS` are listed up to this size; of larger ones only the count is kept."""

ANSWERS: dict[str, tuple[dict[str, int], tuple[str, ...]]] = {
    "sponsorsWithMultipleChildren": ({"minChildren": 2}, ("sponsor", "childCount", "unrelatedCount")),
    "childrenWithoutContactAfterMissedHearing": ({"minDays": 1}, ("child", "hearing", "daysSinceHearing")),
    "childrenWithoutNoticeToAppear": (
        {},
        ("child", "daysSinceRelease", "noticeState", "reliefPending", "inCare", "grownUp"),
    ),
    "addressesSharedBySponsors": ({"minSponsors": 2}, ("address", "sponsorCount", "childCount")),
    "sponsorsWithReleasesCloseTogether": (
        {"minChildren": 2, "withinDays": 60},
        ("sponsor", "childCount", "unrelatedCount", "firstReleasedOn", "lastReleasedOn"),
    ),
    "sponsorsMovingWithSeveralChildren": (
        {"minAddresses": 2, "minChildren": 2, "withinDays": 365},
        ("sponsor", "addressCount", "childCount", "firstReportedOn", "lastReportedOn"),
    ),
    "phonesSharedBySponsors": ({"minSponsors": 2}, ("phone", "sponsorCount", "childCount")),
    "employersAtSponsorAddresses": ({"minSponsors": 2}, ("employer", "address", "sponsorCount", "childCount")),
    "missedHearingsNotTold": ({"minDays": 3}, ("hearing", "agency", "daysSinceHearing")),
    "missedHearingsToldLate": ({"maxDays": 3}, ("hearing", "agency", "learnedOn", "daysAfterHearing")),
    "missedHearingsRecordedDifferently": (
        {},
        ("hearing", "agencyA", "agencyB", "outcomeA", "outcomeB", "daysSinceHearing"),
    ),
    "releaseAddressesUnusable": ({}, ("child", "placement", "address", "fault", "releasedOn")),
    "addressesDisputedByAgencies": (
        {},
        ("child", "agencyA", "agencyB", "addressA", "addressB", "reportedSince"),
    ),
    "absentiaOrdersAfterStaleNotice": (
        {},
        ("child", "courtOrder", "hearing", "address", "latestAddress", "latestSince", "issuedOn"),
    ),
    "releasesWithoutRequiredHomeStudy": ({}, ("child", "placement", "reason", "releasedOn")),
    "wellBeingCallsOverdue": ({"withinDays": 30}, ("child", "placement", "daysOverdue")),
    "childrenNeverReached": ({"minAttempts": 1}, ("child", "attemptCount", "lastAttemptedOn")),
    "childrenPlacedAgain": ({}, ("child", "placement", "placementCount", "sponsorCount", "releasedOn")),
    "siblingsPlacedApart": ({}, ("child", "sibling", "sponsor", "siblingSponsor", "apartSince")),
    "childrenTurningEighteenWithOpenCase": (
        {"withinDays": 90},
        ("child", "courtCase", "birthday", "daysUntilBirthday"),
    ),
    "releasesNearCitedEmployers": (
        {"withinYears": 3, "minMinors": 1},
        ("child", "placement", "postalArea", "employerCount", "minorsAffected", "lastFoundOn"),
    ),
}
"""Every question's answer at the reference date: for which parameters, and what a row holds."""

FLAGSHIPS = tuple(ANSWERS)[:4]
"""Questions whose answers are listed whatever their size."""

PLANTED: dict[str, tuple[str, ...]] = {
    "notReached": ("child",),
    "missedHearing": ("child",),
    "badAddresses": ("placement", "deliverability"),
    "disputedAddresses": ("child", "agency", "address"),
    "staleNotices": ("order", "hearing", "address"),
    "recordings": ("hearing", "agency", "kind"),
    "notifications": ("hearing", "agency", "kind"),
    "placedAgain": ("child", "placements"),
    "sameSponsorAgain": ("child", "sponsor"),
    "siblingsApart": ("child", "sibling"),
    "turningEighteen": ("child", "birthday"),
    "movingSponsors": ("sponsor", "addresses", "childCount"),
    "nearCitedEmployers": ("placement", "postalArea"),
    "sharedPhones": ("phone", "kind", "sponsors"),
    "rings": ("address", "sponsors"),
    "spouses": ("address", "sponsors"),
    "shelters": ("address", "sponsors"),
    "sameDayContacts": ("child", "hearing"),
    "failedContacts": ("child", "hearing"),
    "rescheduledHearings": ("child", "hearing"),
    "reliefPending": ("child", "application"),
}
"""What else was planted, and near misses; what a row holds."""


class Truth:
    """Collects what is planted while blocks are made; those of several blocks are merged in their order."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Sequence[Any]]] = {name: [] for name in ANSWERS}
        self.planted: dict[str, list[Sequence[Any]]] = {name: [] for name in PLANTED}
        self.counts: Counter[str] = Counter()
        self.by_year: dict[int, Counter[str]] = {}

    def answer(self, name: str, *row: Any) -> None:
        """Add a row of an answer."""
        self.counts[name] += 1
        rows = self.answers[name]
        if name in FLAGSHIPS or len(rows) <= LARGEST_SET:
            rows.append(row)

    def plant(self, name: str, *row: Any) -> None:
        """Add a planted record."""
        self.counts[name] += 1
        rows = self.planted[name]
        if len(rows) <= LARGEST_SET:
            rows.append(row)

    def count(self, year: int, figure: str, number: int = 1) -> None:
        """Count towards a figure of the fiscal year in which the child was transferred."""
        self.by_year.setdefault(year, Counter())[figure] += number

    def merge(self, other: Truth) -> None:
        """Take over what another block planted."""
        for name, rows in other.answers.items():
            self.counts[name] += other.counts[name]
            if name in FLAGSHIPS or len(self.answers[name]) <= LARGEST_SET:
                self.answers[name] += rows
        for name, rows in other.planted.items():
            self.counts[name] += other.counts[name]
            if len(self.planted[name]) <= LARGEST_SET:
                self.planted[name] += rows
        for year, counts in other.by_year.items():
            self.by_year.setdefault(year, Counter()).update(counts)

    def document(self, *, preset: str, scale: float, seed: int, figures: Figures) -> dict[str, Any]:
        """Return the whole as plain values for a JSON file.

        A set holds `columns`, `count` and `rows`, which is null when the set is too large to be listed.
        """
        return {
            "synthetic": True,
            "preset": preset,
            "scale": scale,
            "seed": seed,
            "referenceDate": REFERENCE_DATE.isoformat(),
            "figures": {**asdict(figures), "without_notice": figures.without_notice},
            "figuresByFiscalYear": {
                str(year): dict(sorted(self.by_year[year].items())) for year in sorted(self.by_year)
            },
            "answers": {
                name: {
                    "parameters": parameters,
                    "columns": columns,
                    "count": self.counts[name],
                    "rows": self._listed(name, self.answers),
                }
                for name, (parameters, columns) in ANSWERS.items()
            },
            "planted": {
                name: {"columns": columns, "count": self.counts[name], "rows": self._listed(name, self.planted)}
                for name, columns in PLANTED.items()
            },
        }

    def _listed(self, name: str, sets: dict[str, list[Sequence[Any]]]) -> list[Sequence[Any]] | None:
        return sets[name] if name in FLAGSHIPS or self.counts[name] <= LARGEST_SET else None
