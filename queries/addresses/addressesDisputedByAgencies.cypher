// name: addressesDisputedByAgencies
// title: Addresses that agencies disagree on
// question: For which children do two agencies report different current addresses? An agency's current address of a
//   child is that of its latest report that began up to the day asked about and had not ended before it. Every pair of
//   agencies is looked at. A report without a first day or without the agency does not count.
// parameters:
//   agencies: [String!] = [] -- Codes of the agencies between which to look; all agencies when empty.
//   asOf: Date = today -- Only reports dated up to this day count.
// columns:
//   child: Child -- The child.
//   agencyA: String! -- Code of one agency.
//   agencyB: String! -- Code of the other agency.
//   addressA: Address! -- Address that the one reports.
//   addressB: Address! -- Address that the other reports.
//   reportedSince: Date! -- First day at the address that is reported last.
// key: child, agencyA, agencyB
// order: reportedSince DESC
// severity: MEDIUM
// source: default
// example: { addressesDisputedByAgencies(first: 20) {
//     totalCount
//     nodes { agencyA addressA { street city } agencyB addressB { street city } child { id aNumber } }
//   } }
// scans:
//   Child -- Reports are counted by degree, so that children with fewer than two are not looked into.

MATCH (child:Child)
WHERE COUNT { (child)-[:RESIDES_AT]->() } >= 2
MATCH (child)-[one:RESIDES_AT]->(addressA)
WHERE one.since <= $asOf AND coalesce(one.until >= $asOf, true)
  AND (size($agencies) = 0 OR one.reportedBy IN $agencies)
WITH child, one.reportedBy AS agencyA, max([one.since, one.key, addressA]) AS latestA
WHERE agencyA IS NOT NULL
MATCH (child)-[other:RESIDES_AT]->(addressB)
WHERE agencyA < other.reportedBy
  AND other.since <= $asOf AND coalesce(other.until >= $asOf, true)
  AND (size($agencies) = 0 OR other.reportedBy IN $agencies)
WITH child, agencyA, latestA, other.reportedBy AS agencyB, max([other.since, other.key, addressB]) AS latestB
WHERE latestA[2] <> latestB[2]
RETURN
  child,
  agencyA,
  agencyB,
  latestA[2] AS addressA,
  latestB[2] AS addressB,
  CASE WHEN latestA[0] > latestB[0] THEN latestA[0] ELSE latestB[0] END AS reportedSince
