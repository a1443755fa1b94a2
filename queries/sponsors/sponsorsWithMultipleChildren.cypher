// name: sponsorsWithMultipleChildren
// title: Sponsors of several children
// question: Which sponsors took in several children, how many of them as a family friend or unrelated adult, and from
//   how many families? A release counts when it is dated up to the day asked about; a child released twice to a sponsor
//   counts once. Children connected by sibling links form one group, also through a sibling who is elsewhere.
// parameters:
//   minChildren: Int = 2 (at least 1) (keeps childCount >= it) -- Minimum number of children released to the sponsor.
//   minUnrelated: Int = 0 (at least 0) (keeps unrelatedCount >= it) -- Minimum number of them released to the sponsor
//     as a family friend or unrelated adult.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   childCount: Int! -- Children released to the sponsor.
//   unrelatedCount: Int! -- Of these, children released to the sponsor as a family friend or an unrelated adult.
//   siblingGroups: Int! -- Groups of siblings among the children; a child alone is a group.
// key: sponsor
// order: childCount DESC
// severity: MEDIUM; HIGH where unrelatedCount >= 2
// source: default; the published rules ask for a home study where the children are unrelated to the sponsor, and give
//   no number of children that is too many.
// rules:
//   45 CFR 410.1204(b) (from 2024-07-01) (secondary) -- A home study comes before the release to a sponsor who is no
//     relative and seeks to sponsor several children, or did so before; as the press reported when HHS OIG published
//     OEI-07-21-00250.
//   ORR policy guide, 2.4.2 (from 2015-07-27, until 2024-06-30) (secondary) -- The same by policy; reported likewise.
// omits: Undated releases. Two records of one person count separately: see sponsorsUnderSeveralRecords.
// example: { sponsorsWithMultipleChildren(minChildren: 3, first: 20) {
//     totalCount
//     nodes {
//       childCount unrelatedCount siblingGroups
//       sponsor { id lastName children { nodes { firstName dateOfBirth } } }
//     }
//   } }
// scans:
//   Sponsor -- Children are counted first, so that sponsors with too few are not looked into.
// kept:
//   MATCH (sponsor:Sponsor)
//   WHERE sponsor.childCount >= $minChildren
//     AND sponsor.unrelatedChildCount >= $minUnrelated
//     AND sponsor.key IS NOT NULL
//   RETURN
//     sponsor,
//     sponsor.childCount AS childCount,
//     sponsor.unrelatedChildCount AS unrelatedCount,
//     COUNT {
//       MATCH (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(child)
//       WITH DISTINCT child
//       MATCH ANY SHORTEST (child)-[:SIBLING_OF]-*(relative)
//       WITH DISTINCT child, relative
//       WITH child, min(relative.key) AS family
//       RETURN DISTINCT family
//     } AS siblingGroups

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() } >= $minChildren
MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
WITH
  sponsor,
  collect(DISTINCT child) AS children,
  count(DISTINCT CASE WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] THEN child END) AS unrelatedCount
WHERE size(children) >= $minChildren AND unrelatedCount >= $minUnrelated
RETURN sponsor, size(children) AS childCount, unrelatedCount, COUNT {
  UNWIND children AS own
  MATCH ANY SHORTEST (own)-[:SIBLING_OF]-*(relative)
  WITH DISTINCT own, relative
  WITH own, min(relative.key) AS family
  RETURN DISTINCT family
} AS siblingGroups
