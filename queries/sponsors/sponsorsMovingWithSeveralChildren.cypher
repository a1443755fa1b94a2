// name: sponsorsMovingWithSeveralChildren
// title: Sponsors moving with several children
// question: Which sponsors of several children are reported at several addresses within a while? Addresses count by the
//   first day of the reports that the sponsor resides there: those from one report on, up to the given number of days
//   later; of a sponsor's several such windows the one with the most addresses is shown, the earliest of them. A report
//   without a first day does not count. Agencies may disagree on where a sponsor lives, so that two addresses need not
//   be a move.
// parameters:
//   minAddresses: Int = 2 (at least 2) -- Least number of addresses within the window.
//   minChildren: Int = 2 (at least 1) -- Least number of children released to the sponsor.
//   withinDays: Int = 365 (at least 0) -- Most days from the first to the last of these reports' first days.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   addressCount: Int! -- Addresses within the window.
//   childCount: Int! -- Children released to the sponsor.
//   firstReportedOn: Date! -- First day at the first of these addresses.
//   lastReportedOn: Date! -- First day at the last of them.
// key: sponsor
// order: addressCount DESC, childCount DESC, lastReportedOn DESC
// severity: MEDIUM
// source: default
// example: { sponsorsMovingWithSeveralChildren(minChildren: 3, first: 20) {
//     totalCount
//     nodes { addressCount childCount sponsor { id addresses { edges { since until node { street city state } } } } }
//   } }
// scans:
//   Sponsor -- Reports and releases are counted by degree, so that sponsors with too few are not looked into.

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)-[:RESIDES_AT]->() } >= $minAddresses
  AND COUNT { (sponsor)<-[:WITH_SPONSOR]-() } >= $minChildren
WITH sponsor, COUNT {
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
WHERE childCount >= $minChildren
MATCH (sponsor)-[opening:RESIDES_AT]->()
WHERE opening.since <= $asOf
WITH DISTINCT sponsor, childCount, opening.since AS firstReportedOn
MATCH (sponsor)-[report:RESIDES_AT]->(address)
WHERE firstReportedOn <= report.since
  AND report.since <= $asOf
  AND report.since <= firstReportedOn + duration({days: $withinDays})
WITH
  sponsor,
  childCount,
  firstReportedOn,
  max(report.since) AS lastReportedOn,
  count(DISTINCT address) AS addressCount
WHERE addressCount >= $minAddresses
// The smallest list is that of the window with the most addresses; of several, of the earliest.
WITH sponsor, childCount, min([-addressCount, firstReportedOn, lastReportedOn]) AS most
RETURN sponsor, -most[0] AS addressCount, childCount, most[1] AS firstReportedOn, most[2] AS lastReportedOn
