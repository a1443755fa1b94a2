// name: childrenWithoutNoticeToAppear
// title: Children without a Notice to Appear
// question: For which children has no Notice to Appear been filed with an immigration court? A notice that was issued
//   or served but not filed, or whose day of filing is unknown, does not count. Children whose transfer to HHS (their
//   entry, where no transfer is on record) came after the day asked about are left out. A child with an application for
//   relief may rightly have no court case.
// parameters:
//   noticeState: [String!] = ["NOT_ISSUED", "NOT_SERVED", "NOT_FILED"] -- How far the notice got; all of them unless
//     given.
//   includeReliefPending: Boolean = true -- Whether children with an application for relief pending count.
//   includeInCare: Boolean = true -- Whether children of whom no release is on record count.
//   includeGrownUp: Boolean = true -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only transfers, notices, applications and releases dated up to this day count; days are
//     counted to it.
// columns:
//   child: Child -- The child.
//   daysSinceRelease: Int -- Days since the latest release to a sponsor; unknown when the child was never released.
//   noticeState: String! -- NOT_ISSUED; NOT_SERVED: issued but not served; NOT_FILED: served but not filed.
//   reliefPending: Boolean! -- Whether an application for relief is pending.
//   inCare: Boolean! -- Whether no release to a sponsor is on record.
//   grownUp: Boolean -- Whether the child has turned 18; unknown when the date of birth is.
// key: child
// order: daysSinceRelease DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 counts 291,000 children without a Notice to Appear
//   filed with the court.
// example: { childrenWithoutNoticeToAppear(includeReliefPending: false, first: 20) {
//     totalCount
//     nodes { daysSinceRelease noticeState child { id aNumber noticesToAppear { nodes { issuedOn servedOn } } } }
//   } }
// scans:
//   Child -- What is asked about is what is not there, which no index holds; a degree tells of most children.

MATCH (child:Child)
WHERE coalesce(child.transferredOn, child.enteredOn, $asOf) <= $asOf
  AND (
    NOT EXISTS { (child)-[:HAS_NOTICE]->() }
    OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf }
  )
OPTIONAL MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn <= $asOf
WITH child, max(placement.releasedOn) AS releasedOn
WITH
  child,
  duration.inDays(releasedOn, $asOf).days AS daysSinceRelease,
  CASE
    WHEN NOT EXISTS { (child)-[:HAS_NOTICE]->() } THEN 'NOT_ISSUED'
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $asOf } THEN 'NOT_FILED'
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.issuedOn <= $asOf } THEN 'NOT_SERVED'
    ELSE 'NOT_ISSUED'
  END AS noticeState,
  EXISTS {
    MATCH (child)-[:APPLIED_FOR]->(application)
    WHERE application.filedOn <= $asOf AND coalesce(application.decidedOn > $asOf, application.status = 'PENDING')
  } AS reliefPending,
  releasedOn IS NULL AS inCare,
  child.dateOfBirth <= $asOf - duration({years: 18}) AS grownUp
WHERE noticeState IN $noticeState
  AND ($includeReliefPending OR NOT reliefPending)
  AND ($includeInCare OR NOT inCare)
  AND ($includeGrownUp OR NOT coalesce(grownUp, false))
RETURN child, daysSinceRelease, noticeState, reliefPending, inCare, grownUp
