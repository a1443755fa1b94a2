"""The ground truth: what the generator decided to plant, so that answers can be checked exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from seed.synthetic.asked import ANSWERS, FLAGSHIPS
from seed.synthetic.days import REFERENCE_DATE
from seed.synthetic.presets import Figures

LARGEST_SET = 10_000
"""Sets other than the answers of `FLAGSHIPS` are listed up to this size; for larger ones only the count is kept."""

PLANTED: dict[str, tuple[str, ...]] = {
    "notReached": ("child",),
    "missedHearing": ("child",),
    "badAddresses": ("placement", "deliverability"),
    "disputedAddresses": ("child", "agency", "address"),
    "staleNotices": ("order", "hearing", "address"),
    "unreportedMoves": ("order", "hearing", "address"),
    "differingRespondents": ("child", "hearing", "outcome"),
    "changedVenues": ("case", "court", "venue"),
    "reopenedCases": ("case",),
    "farCourts": ("case", "court"),
    "withdrawnRepresentations": ("child", "case"),
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
    "buildings": ("address", "sponsors"),
    "spikes": ("address", "sponsors"),
    "hotels": ("address", "sponsors"),
    "mailboxes": ("address", "sponsors"),
    "boardingHouses": ("address", "sponsors"),
    "reusedHomes": ("address", "sponsors"),
    "handedOnPhones": ("phone", "sponsors"),
    "sameDayContacts": ("child", "hearing"),
    "failedContacts": ("child", "hearing"),
    "rescheduledHearings": ("child", "hearing"),
    "reliefPending": ("child", "application"),
    "grownUp": ("child",),
    "sponsorAlone": ("child", "hearing"),
    "secondOpinions": ("child", "placement"),
    "foundAgain": ("child",),
    "callsAtTheEdge": ("child",),
    "recentSignals": ("child",),
    "endedOtherwise": ("child",),
    "transfersInTime": ("child", "custodyEpisode"),
    "studiesOnTheDay": ("child", "placement"),
    "adjournedAlone": ("child", "notice"),
    "denialsWithNotice": ("child", "application"),
    "otherDenials": ("child", "application"),
    "farVenues": ("child", "courtCase"),
    "removalsUndone": ("child", "courtOrder"),
    "followedRepresentations": ("child", "courtCase"),
    "refusalsFollowedUp": ("child",),
    "returnedUnrecorded": ("child", "placement"),
    "cameBack": ("child",),
    "otherDischarges": ("child", "custodyEpisode"),
    "recentServices": ("placement", "postReleaseService"),
    "secondRecords": ("sponsor", "otherRecord", "shares"),
    "namesakes": ("sponsor",),
    "missingChecks": ("placement", "kind"),
    "pendingChecks": ("placement", "check"),
    "sameDayResults": ("placement", "backgroundCheck"),
    "sharedDocuments": ("sponsor", "otherSponsor"),
    "ownCopies": ("document",),
    "otherDocuments": ("child", "placement"),
    "laterDenials": ("sponsor", "application"),
    "ownConcerns": ("child",),
    "lateConcerns": ("child", "placement"),
    "referredConcerns": ("report",),
    "otherConcernsNearEmployers": ("child", "report"),
}
"""What else was planted, and near misses; each with what a row holds."""


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
        """Return everything as plain values for a JSON file.

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
