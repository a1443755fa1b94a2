// name: concernsNotFollowedUp
// title: Reports of concern that were not followed up
// question: Which reports of concern have waited more than maxDays days for the next step: received but not looked at,
//   or looked at but not referred to an agency? A report that was closed waits for nothing. One that was not recorded
//   as received by the day asked about counts from the day on which it was made. What was done by the day asked about
//   is done, however late.
// parameters:
//   maxDays: Int = 7 (at least 0, at most 36500) (keeps daysWaiting > it) -- Days within which the next step should
//     follow.
//   includeGrownUp: Boolean = false -- Whether reports that concern only people who have turned 18 count.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   report: ConcernReport -- The report.
//   child: Child -- The child whom it concerns; if several, the first by key.
//   state: String! -- NOT_TRIAGED until somebody looks at it, then NOT_REFERRED.
//   waitingSince: Date! of ConcernReport.triagedOn or ConcernReport.receivedOn or ConcernReport.reportedOn -- Day on
//     which it was received, or looked at.
//   daysWaiting: Int! -- Days since then.
// key: report
// order: daysWaiting DESC
// severity: HIGH
// source: default
// omits: Reports with no day at all. A referral is not dated, and counts whatever the day asked about.
// example: { concernsNotFollowedUp(maxDays: 14, first: 20) {
//     totalCount
//     nodes { state waitingSince daysWaiting report { key kind source } child { id lastName } }
//   } }
// scans:
//   ConcernReport -- One that was received on an unknown day counts from the day on which it was made.

MATCH (report:ConcernReport)
WHERE report.key IS NOT NULL AND NOT coalesce(report.closedOn <= $asOf, false)
WITH
  report,
  CASE WHEN report.triagedOn <= $asOf THEN report.triagedOn END AS triagedOn,
  CASE WHEN report.receivedOn <= $asOf THEN report.receivedOn ELSE report.reportedOn END AS receivedOn
WITH
  report,
  triagedOn,
  coalesce(triagedOn, receivedOn) AS waitingSince,
  COLLECT { MATCH (report)-[:CONCERNS]->(about) RETURN DISTINCT about ORDER BY about.key } AS children
WHERE waitingSince < $asOf - duration({days: $maxDays})
  AND (triagedOn IS NULL OR NOT EXISTS { (report)-[:REFERRED_TO]->() })
  AND (
    $includeGrownUp
    OR size(children) = 0
    OR any(one IN children WHERE NOT coalesce(one.dateOfBirth <= $asOf - duration({years: 18}), false))
  )
WITH report, triagedOn, waitingSince, head(children) AS child
RETURN
  report,
  child,
  CASE WHEN triagedOn IS NULL THEN 'NOT_TRIAGED' ELSE 'NOT_REFERRED' END AS state,
  waitingSince,
  duration.inDays(waitingSince, $asOf).days AS daysWaiting
