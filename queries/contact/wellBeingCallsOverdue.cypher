// name: wellBeingCallsOverdue
// title: Well-being calls overdue
// question: For which placed children is the well-being call overdue? A row is a child whose current placement began so
//   long ago that the last day of the window for the call has passed, with no well-being call on record on a day after
//   the release and within or after the window, whatever came of it: a call before the window does not stand in for it.
//   The current placement is the latest release up to the day asked about, if it had not ended by then and no stay in
//   HHS custody is going on that began on a later day; a stay begins with the admission to a shelter, or else with the
//   transfer to HHS. If a day has several releases, the first by key counts. Undated releases and calls do not count.
// parameters:
//   fromDays: Int = 30 (at least 0, at most 36500) -- Days from the release to the first day of the window.
//   withinDays: Int = 37 (at least 1, at most 36500) -- Days from the release to the last day of the window.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only what is dated up to this day counts; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement! -- The current placement.
//   daysOverdue: Int! -- Days since the last day on which the call was due.
// key: child
// order: daysOverdue DESC
// severity: MEDIUM
// source: ORR policy guide, 2.8.4 and 6.1: a well-being call comes 30 days after the release. The window is the one
//   that HHS's inspector general measured, days 30 to 37; later text has check-ins by level of services.
// rules:
//   ORR policy guide, 2.8.4 and 6.1 (from 2016-06-15) -- A safety and well-being call to the child and the sponsor
//     comes 30 days after the release (6.1, as published on 2016-06-15). Whether it is still made beside the check-ins
//     of 45 CFR 410.1210 is not known.
//   45 CFR 410.1210 (from 2024-07-01) (secondary) -- Check-ins at 7, 14 and 30 business days, by level of services;
//     ORR's policy guide, 6.1, reports the levels.
// omits: Children in custody, and calls made before the window, which wellBeingCallsOutsideWindow shows.
// example: { wellBeingCallsOverdue(first: 20) {
//     totalCount
//     nodes { daysOverdue child { id phones { nodes { number } } } placement { releasedOn sponsor { id lastName } } }
//   } }
// scans:
//   Child -- The latest release of every child is looked at; children are in the order in which they were written.

MATCH (child:Child)
WHERE $includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
// Of two releases on a day, the one whose key comes first.
WITH child, COLLECT {
  MATCH (child)-[:HAS_PLACEMENT]->(release)
  WHERE release.releasedOn < $asOf - duration({days: $withinDays}) AND release.key IS NOT NULL
    AND coalesce(release.endedOn > $asOf, true)
    AND NOT EXISTS {
      MATCH (child)-[:HAS_CONTACT]->(attempt)
      WHERE attempt.kind = 'WELL_BEING_CALL' AND attempt.attemptedOn <= $asOf
        AND release.releasedOn < attempt.attemptedOn
        AND release.releasedOn + duration({days: $fromDays}) <= attempt.attemptedOn
    }
    AND NOT EXISTS {
      MATCH (child)-[:HAS_PLACEMENT]->(later)
      WHERE release.releasedOn < later.releasedOn AND later.releasedOn <= $asOf
    }
    AND NOT EXISTS {
      MATCH (child)-[:HAS_EPISODE]->(episode)
      WHERE release.releasedOn < coalesce(episode.admittedOn, episode.transferredOn)
        AND coalesce(episode.admittedOn, episode.transferredOn) <= $asOf
        AND coalesce(episode.dischargedOn > $asOf, true)
    }
  RETURN release ORDER BY release.key LIMIT 1
}[0] AS placement
WHERE placement IS NOT NULL
RETURN child, placement, duration.inDays(placement.releasedOn, $asOf).days - $withinDays AS daysOverdue
