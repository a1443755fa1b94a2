// name: sponsorsWithReleasesCloseTogether
// title: Sponsors of several children released close together
// question: To which sponsors were several children released within a few days of each other, related to the sponsor or
//   not? Children count by the days of their releases: those from one release on, up to the given number of days later;
//   of a sponsor's several such windows the one with the most children is shown, the earliest of them. A child released
//   twice within the window counts once; a release without a day does not count. Siblings are often released together.
// parameters:
//   minChildren: Int = 2 (at least 1) -- Least number of children released within the window.
//   withinDays: Int = 60 (at least 0) -- Most days from the first to the last of these releases.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   childCount: Int! -- Children released to the sponsor within the window.
//   unrelatedCount: Int! -- Those of them released to the sponsor as a family friend or an unrelated adult.
//   firstReleasedOn: Date! -- Day of the window's first release.
//   lastReleasedOn: Date! -- Day of the window's last release.
// key: sponsor
// order: childCount DESC, lastReleasedOn DESC
// severity: HIGH
// source: default
// example: { sponsorsWithReleasesCloseTogether(minChildren: 3, withinDays: 30, first: 20) {
//     totalCount
//     nodes { childCount unrelatedCount firstReleasedOn lastReleasedOn sponsor { id lastName } }
//   } }
// scans:
//   Sponsor -- Releases are counted by degree, so that sponsors with too few are not looked into.

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-() } >= $minChildren
MATCH (sponsor)<-[:WITH_SPONSOR]-(opening)<-[:HAS_PLACEMENT]-()
WHERE opening.releasedOn <= $asOf
WITH DISTINCT sponsor, opening.releasedOn AS firstReleasedOn
MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE firstReleasedOn <= placement.releasedOn
  AND placement.releasedOn <= $asOf
  AND placement.releasedOn <= firstReleasedOn + duration({days: $withinDays})
WITH
  sponsor,
  firstReleasedOn,
  max(placement.releasedOn) AS lastReleasedOn,
  count(DISTINCT child) AS childCount,
  count(DISTINCT CASE WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] THEN child END) AS unrelatedCount
WHERE childCount >= $minChildren
// The smallest list is that of the window with the most children; of several, of the earliest.
WITH sponsor, min([-childCount, firstReleasedOn, lastReleasedOn, unrelatedCount]) AS most
RETURN
  sponsor,
  -most[0] AS childCount,
  most[3] AS unrelatedCount,
  most[1] AS firstReleasedOn,
  most[2] AS lastReleasedOn
