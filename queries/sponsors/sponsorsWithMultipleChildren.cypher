// name: sponsorsWithMultipleChildren
// title: Sponsors of several children
// question: Which sponsors took in several children, and how many of them as a family friend or unrelated adult? A
//   release counts when it is dated up to the day asked about; a child released twice to a sponsor counts once.
// parameters:
//   minChildren: Int = 2 (at least 1) -- Least number of children released to the sponsor.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   childCount: Int! -- Children released to the sponsor.
//   unrelatedCount: Int! -- Those of them released to the sponsor as a family friend or an unrelated adult.
// key: sponsor
// order: childCount DESC
// severity: HIGH
// source: ORR policy guide, and 45 CFR 410.1204 in force since 2024-07-01: a home study comes before an unrelated
//   sponsor takes several children, or one more. The least number of two is Sightline's own default.
// example: { sponsorsWithMultipleChildren(minChildren: 3, first: 20) {
//     totalCount
//     nodes { childCount unrelatedCount sponsor { id lastName children { nodes { firstName dateOfBirth } } } }
//   } }
// scans:
//   Sponsor -- Releases are counted by degree, so that sponsors with too few are not looked into.
// kept:
//   MATCH (sponsor:Sponsor)
//   WHERE sponsor.childCount >= $minChildren AND sponsor.key IS NOT NULL
//   RETURN sponsor, sponsor.childCount AS childCount, sponsor.unrelatedChildCount AS unrelatedCount

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-() } >= $minChildren
MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
WITH
  sponsor,
  count(DISTINCT child) AS childCount,
  count(DISTINCT CASE WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] THEN child END) AS unrelatedCount
WHERE childCount >= $minChildren
RETURN sponsor, childCount, unrelatedCount
