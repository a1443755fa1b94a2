// name: childrenWithoutNoticeToAppear
// title: Children without a Notice to Appear
// question: For which children has no Notice to Appear been filed with an immigration court? A notice that was issued
//   or served but not filed, or whose day of filing is unknown, does not count. Children whose transfer to HHS (their
//   entry, where no transfer is on record) came after the day asked about are left out. A child with an application
//   for relief may rightly have no court case.
// parameters:
//   asOf: Date = today -- Only transfers, notices and releases dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   daysSinceRelease: Int -- Days since the latest release to a sponsor; unknown when the child was never released.
// key: child
// order: daysSinceRelease DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 counts 291,000 children without a Notice to Appear
//   filed with the court.
// example: { childrenWithoutNoticeToAppear(first: 20) {
//     totalCount
//     nodes { daysSinceRelease child { id aNumber noticesToAppear { nodes { issuedOn servedOn } } } }
//   } }

// Children without any notice are told by degree; only the others' notices are looked into.
MATCH (child:Child)
WHERE coalesce(child.transferredOn, child.enteredOn, $asOf) <= $asOf
  AND (
    NOT EXISTS { (child)-[:HAS_NOTICE]->() }
    OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf }
  )
OPTIONAL MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn <= $asOf
WITH child, max(placement.releasedOn) AS releasedOn
RETURN child, duration.inDays(releasedOn, $asOf).days AS daysSinceRelease
