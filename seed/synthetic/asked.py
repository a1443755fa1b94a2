"""The parameters with which each question is asked for the ground truth, and what a row of its answer holds.

Questions about one person or about links of any length, totals, and spikes of releases are not included: the releases
into a postal area come from all blocks, and what is usual there is known only when the last block is made.
"""

from __future__ import annotations

from collections.abc import Mapping

Asked = Mapping[str, tuple[Mapping[str, object], tuple[str, ...]]]

FLAGSHIPS = (
    "sponsorsWithMultipleChildren",
    "childrenWithoutContactAfterMissedHearing",
    "childrenWithoutNoticeToAppear",
    "addressesSharedBySponsors",
)
"""Questions whose answers are listed whatever their size."""

PLACES: Asked = {
    "addressesSharedBySponsors": (
        {"minSponsors": 2, "maxSharing": 40},
        ("address", "sponsorCount", "childCount", "unrelatedCount"),
    ),
    "sponsorsMovingWithSeveralChildren": (
        {"minAddresses": 2, "minChildren": 2, "withinDays": 365},
        ("sponsor", "addressCount", "childCount", "firstReportedOn", "lastReportedOn"),
    ),
    "phonesSharedBySponsors": ({"minSponsors": 2, "maxSharing": 40}, ("phone", "sponsorCount", "childCount")),
    "employersAtSponsorAddresses": (
        {"minSponsors": 2, "maxSharing": 40},
        ("employer", "address", "sponsorCount", "childCount"),
    ),
    "releaseAddressesUnusable": (
        {"includeGrownUp": True},
        ("child", "placement", "address", "fault", "releasedOn"),
    ),
    "addressesDisputedByAgencies": (
        {"includeGrownUp": True},
        ("child", "agencyA", "agencyB", "addressA", "addressB", "reportedSince"),
    ),
    "releasesNearCitedEmployers": (
        {"withinYears": 3, "minMinors": 1, "includeGrownUp": True},
        ("child", "placement", "postalArea", "employerCount", "minorsAffected", "lastFoundOn"),
    ),
    "laborConcernsNearCitedEmployers": (
        {"withinYears": 3, "minMinors": 1, "includeGrownUp": True},
        ("child", "report", "employer", "nearness", "minorsAffected", "reportedOn", "lastFoundOn"),
    ),
}
"""Questions about addresses, areas and employers."""

COURT: Asked = {
    "childrenWithoutNoticeToAppear": (
        {},
        ("child", "daysSinceRelease", "noticeState", "reliefPending", "inCare", "grownUp"),
    ),
    "missedHearingsNotTold": ({"minDays": 3}, ("hearing", "agency", "daysSinceHearing")),
    "missedHearingsToldLate": ({"maxDays": 3}, ("hearing", "agency", "learnedOn", "daysAfterHearing")),
    "missedHearingsRecordedDifferently": (
        {},
        ("hearing", "agencyA", "agencyB", "comparedWith", "outcomeA", "outcomeB", "daysSinceHearing"),
    ),
    "absentiaOrdersAfterStaleNotice": (
        {},
        ("child", "courtOrder", "hearing", "address", "latestAddress", "latestSince", "issuedOn"),
    ),
    "childrenTurningEighteenWithOpenCase": (
        {"withinDays": 90},
        ("child", "courtCase", "birthday", "daysUntilBirthday"),
    ),
    "noticesFiledWithoutHearing": (
        {"minDays": 30},
        ("child", "notice", "courtCase", "filedOn", "daysSinceFiling"),
    ),
    "asylumDeniedWithoutNotice": (
        {"minDays": 30},
        ("child", "application", "noticeState", "deniedOn", "daysSinceDenial"),
    ),
    "courtsFarFromChildren": (
        {"minKilometers": 200},
        ("child", "courtCase", "court", "kilometers", "placeSince"),
    ),
    "removalOrdersWithReliefPending": (
        {},
        ("child", "courtOrder", "application", "filedOn", "issuedOn", "daysSinceOrder"),
    ),
    "childrenWithoutRepresentationAtHearing": (
        {"withinDays": 30},
        ("child", "hearing", "courtCase", "scheduledOn", "daysUntilHearing"),
    ),
}
"""Questions about notices, cases, hearings and who was told of them."""

_GROWN_UP_TOO: Mapping[str, object] = {"includeGrownUp": True}

CARE: Asked = {
    "childrenWithoutContactAfterMissedHearing": (
        {"minDays": 1, **_GROWN_UP_TOO},
        ("child", "hearing", "daysSinceHearing"),
    ),
    "releasesWithoutRequiredHomeStudy": (
        {"withinDays": 30, "maxAge": 12, **_GROWN_UP_TOO},
        ("child", "placement", "reason", "studyOnRecord", "releasedOn"),
    ),
    "releasesDespiteNegativeHomeStudy": (
        _GROWN_UP_TOO,
        ("child", "placement", "homeStudy", "completedOn", "releasedOn"),
    ),
    "homeStudiesAfterRelease": (
        _GROWN_UP_TOO,
        ("child", "placement", "homeStudy", "releasedOn", "orderedOn", "completedOn"),
    ),
    "wellBeingCallsOverdue": (
        {"fromDays": 30, "withinDays": 37, **_GROWN_UP_TOO},
        ("child", "placement", "daysOverdue"),
    ),
    "wellBeingCallsOutsideWindow": (
        {"fromDays": 30, "withinDays": 37, **_GROWN_UP_TOO},
        ("child", "placement", "contactAttempt", "timing", "dayOfCall", "attemptedOn"),
    ),
    "childrenNeverReached": ({"minAttempts": 1, **_GROWN_UP_TOO}, ("child", "attemptCount", "lastAttemptedOn")),
    "contactRefusedWithoutFollowUp": (
        {"minDays": 7, **_GROWN_UP_TOO},
        ("child", "contactAttempt", "refusedOn", "attemptsSince", "daysSinceRefusal"),
    ),
    "childrenNotLivingWithSponsor": (
        {"minDays": 7, **_GROWN_UP_TOO},
        ("child", "contactAttempt", "foundOn", "daysSinceFound"),
    ),
    "childrenWithSeveralSignals": (
        {"minSignals": 2, "minDays": 30, **_GROWN_UP_TOO},
        ("child", "signalCount", "signals"),
    ),
    "childrenPlacedAgain": (_GROWN_UP_TOO, ("child", "placement", "placementCount", "sponsorCount", "releasedOn")),
    "siblingsPlacedApart": (_GROWN_UP_TOO, ("child", "sibling", "sponsor", "siblingSponsor", "apartSince")),
    "transfersAfterDeadline": (
        {"maxDays": 3},
        ("child", "custodyEpisode", "apprehendedOn", "transferredOn", "daysHeld"),
    ),
    "childrenReturnedToCustody": (
        _GROWN_UP_TOO,
        ("child", "placement", "custodyEpisode", "releasedOn", "returnedOn"),
    ),
    "childrenWhoAgedOutOfCustody": (
        {},
        ("child", "custodyEpisode", "agedOutOn", "daysAfterBirthday", "releasedBefore"),
    ),
    "childrenWhoRanAway": (_GROWN_UP_TOO, ("child", "custodyEpisode", "ranAwayOn", "daysSinceRanAway")),
    "postReleaseServicesNotGiven": (
        {"withinDays": 30, **_GROWN_UP_TOO},
        ("child", "postReleaseService", "placement", "orderedOn", "startedOn", "daysWaited"),
    ),
}
"""Questions about placements, home studies, contact and custody."""

SPONSORS: Asked = {
    "sponsorsWithMultipleChildren": ({"minChildren": 2}, ("sponsor", "childCount", "unrelatedCount", "siblingGroups")),
    "sponsorsWithReleasesCloseTogether": (
        {"minChildren": 2, "withinDays": 60},
        ("sponsor", "childCount", "unrelatedCount", "siblingGroups", "firstReleasedOn", "lastReleasedOn"),
    ),
    "sponsorsUnderSeveralRecords": (
        {},
        ("sponsor", "otherRecord", "sameName", "sharedPhone", "sharedDocument", "childCount"),
    ),
    "identityDocumentsSharedBySponsors": (
        {"minSponsors": 2},
        ("document", "sponsorCount", "childCount", "lastPresentedOn"),
    ),
    "identityDocumentsUnverified": (
        {},
        ("child", "placement", "sponsor", "fault", "documentCount", "releasedOn"),
    ),
    "releasesWithoutSafetyChecks": (
        {},
        (
            *("child", "placement", "kind", "subject", "person", "state"),
            *("backgroundCheck", "requestedOn", "resultOn", "releasedOn"),
        ),
    ),
    "sponsorsApprovedAfterDenial": (
        {},
        ("sponsor", "application", "denial", "deniedOn", "approvedOn", "waitDays", "sameChild"),
    ),
    "childrenWithSponsorsOfConcern": ({}, ("child", "sponsor", "concernCount", "lastReportedOn")),
    "releasesAfterConcern": (
        {},
        ("child", "placement", "sponsor", "concernCount", "lastReportedOn", "releasedOn"),
    ),
    "concernsNotFollowedUp": ({"maxDays": 7}, ("report", "child", "state", "waitingSince", "daysWaiting")),
}
"""Questions about sponsors, how they were screened, and concerns about them."""

ANSWERS: Asked = {**SPONSORS, **PLACES, **COURT, **CARE}
"""Every question's answer at the reference date: the parameters, and what a row holds."""
