// name: sponsorsWithReleasesCloseTogether
// title: Sponsors of several children released close together
// question: To which sponsors, related or not, were several children released within withinDays days? Children count by
//   the days of their releases: a window begins on the day of one release and lasts up to withinDays days more; of a
//   sponsor's windows with enough children, the one with the most is shown, the earliest if there are several. A child
//   released twice within the window counts once; undated releases do not count. Siblings are often released together.
//   Children connected by sibling links form one group, also through a sibling who is elsewhere.
// parameters:
//   minChildren: Int = 2 (at least 1) (keeps childCount >= it) -- Minimum number of children released within the
//     window.
//   minUnrelated: Int = 0 (at least 0) -- Minimum number of them released to the sponsor as a family friend or
//     unrelated adult.
//   withinDays: Int = 60 (at least 0, at most 36500) -- Maximum number of days from the first to the last of these
//     releases.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   childCount: Int! -- Children released to the sponsor within the window.
//   unrelatedCount: Int! -- Of these, children released to the sponsor as a family friend or an unrelated adult.
//   siblingGroups: Int! -- Groups of siblings among the children in the window; a child alone is a group.
//   firstReleasedOn: Date! of Placement.releasedOn -- Day of the window's first release.
//   lastReleasedOn: Date! of Placement.releasedOn -- Day of the window's last release.
// key: sponsor
// order: childCount DESC, lastReleasedOn DESC
// severity: MEDIUM; HIGH where unrelatedCount >= 2
// source: default
// omits: Undated releases. Two records of one person count separately: see sponsorsUnderSeveralRecords.
// example: { sponsorsWithReleasesCloseTogether(minChildren: 3, withinDays: 30, first: 20) {
//     totalCount
//     nodes { childCount unrelatedCount siblingGroups firstReleasedOn lastReleasedOn sponsor { id lastName } }
//   } }
// scans:
//   Sponsor -- Children are counted first, so that sponsors with too few are not looked into.

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() } >= $minChildren
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
WHERE childCount >= $minChildren AND unrelatedCount >= $minUnrelated
// The smallest list is that of the window with the most children; of several, of the earliest.
WITH sponsor, min([-childCount, firstReleasedOn, lastReleasedOn, unrelatedCount]) AS most
RETURN
  sponsor,
  -most[0] AS childCount,
  most[3] AS unrelatedCount,
  COUNT {
    MATCH (sponsor)<-[:WITH_SPONSOR]-(within)<-[:HAS_PLACEMENT]-(own)
    WHERE most[1] <= within.releasedOn AND within.releasedOn <= most[2]
    WITH DISTINCT own
    MATCH ANY SHORTEST (own)-[:SIBLING_OF]-*(relative)
    WITH DISTINCT own, relative
    WITH own, min(relative.key) AS family
    RETURN DISTINCT family
  } AS siblingGroups,
  most[1] AS firstReleasedOn,
  most[2] AS lastReleasedOn
