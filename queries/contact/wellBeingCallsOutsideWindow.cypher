// name: wellBeingCallsOutsideWindow
// title: Well-being calls outside their window
// question: For which releases was the well-being call made, but not within its window? A row is a release with
//   well-being calls on record on later days, whatever came of them, none of them within the window, once the window
//   has closed. A call belongs to the latest release before it. A placement that ended, or was followed by another, by
//   the last day of the window does not count.
// parameters:
//   fromDays: Int = 30 (at least 0, at most 36500) -- Days from the release to the first day of the window.
//   withinDays: Int = 37 (at least 1, at most 36500) -- Days from the release to the last day of the window.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and calls dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   contactAttempt: ContactAttempt! -- The first call after the window, else the last before it.
//   timing: String! -- LATE for a call after the window, EARLY for one before it.
//   dayOfCall: Int! -- Days from the release to that call.
//   attemptedOn: Date! of ContactAttempt.attemptedOn -- Day of that call.
// key: child, placement
// order: attemptedOn DESC
// severity: LOW
// source: ORR policy guide, 2.8.4 and 6.1: a well-being call comes 30 days after the release. The window is the one
//   that HHS's inspector general measured, days 30 to 37; later text has check-ins by level of services.
// rules:
//   ORR policy guide, 2.8.4 and 6.1 (from 2016-06-15) -- A safety and well-being call to the child and the sponsor
//     comes 30 days after the release (6.1, as published on 2016-06-15). Whether it is still made beside the check-ins
//     of 45 CFR 410.1210 is not known.
//   45 CFR 410.1210 (from 2024-07-01) (secondary) -- Check-ins at 7, 14 and 30 business days, by level of services;
//     ORR's policy guide, 6.1, reports the levels.
// omits: Releases without any call, which wellBeingCallsOverdue shows, and undated releases.
// example: { wellBeingCallsOutsideWindow(first: 20) {
//     totalCount
//     nodes { timing dayOfCall attemptedOn child { id } contactAttempt { outcome } }
//   } }

// The key is named because the index holds it after the kind.
MATCH (attempt:ContactAttempt)
WHERE attempt.kind = 'WELL_BEING_CALL' AND attempt.key IS NOT NULL AND attempt.attemptedOn <= $asOf
MATCH (attempt)<-[:HAS_CONTACT]-(child)
WHERE $includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn < attempt.attemptedOn
WITH child, attempt, placement, placement.releasedOn + duration({days: $withinDays}) AS lastDay
WHERE lastDay < $asOf AND coalesce(lastDay < placement.endedOn, true) AND NOT EXISTS {
  MATCH (child)-[:HAS_PLACEMENT]->(later)
  WHERE placement.releasedOn < later.releasedOn
    AND (later.releasedOn < attempt.attemptedOn OR later.releasedOn <= lastDay)
}
WITH child, attempt, placement, duration.inDays(placement.releasedOn, attempt.attemptedOn).days AS day
WITH
  child,
  placement,
  count(CASE WHEN $fromDays <= day AND day <= $withinDays THEN 1 END) AS inWindow,
  min(CASE WHEN $withinDays < day THEN [day, attempt.key, attempt] END) AS late,
  max(CASE WHEN day < $fromDays THEN [day, attempt.key, attempt] END) AS early
WHERE inWindow = 0
WITH child, placement, coalesce(late, early) AS nearest, late IS NULL AS tooEarly
RETURN
  child,
  placement,
  nearest[2] AS contactAttempt,
  CASE WHEN tooEarly THEN 'EARLY' ELSE 'LATE' END AS timing,
  nearest[0] AS dayOfCall,
  nearest[2].attemptedOn AS attemptedOn
