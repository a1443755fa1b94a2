// name: childrenPlacedAgain
// title: Children placed again
// question: Which children were released again? ORR's custody ends with a release, so a release on a later day than
//   another is itself proof that the earlier placement had ended, whether or not its end is on record and whoever the
//   sponsor is. Undated releases do not count, nor do several on one day make a child one who was released again.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement! -- The latest release; ties go to the later key.
//   placementCount: Int! -- Releases of the child.
//   sponsorCount: Int! -- Sponsors to whom the child was released.
//   releasedOn: Date! of Placement.releasedOn -- Day of the latest release.
// key: child
// order: placementCount DESC, releasedOn DESC
// severity: MEDIUM
// source: default
// omits: Placements that ended without another release after them, such as those of children who are back in custody.
// example: { childrenPlacedAgain(first: 20) {
//     totalCount
//     nodes { placementCount sponsorCount child { id placements { nodes { releasedOn endedOn endReason } } } }
//   } }
// scans:
//   Child -- Releases are counted by degree, so that children with only one are not looked into.

MATCH (child:Child)
WHERE COUNT { (child)-[:HAS_PLACEMENT]->() } > 1
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
MATCH (child)-[:HAS_PLACEMENT]->(release)
WHERE release.releasedOn <= $asOf
// The greatest list is that of the latest release; of two on a day, the one whose key comes last.
WITH
  child,
  max([release.releasedOn, release.key, release])[2] AS placement,
  min(release.releasedOn) AS firstReleasedOn,
  count(DISTINCT release) AS placementCount
WHERE firstReleasedOn < placement.releasedOn
RETURN
  child,
  placement,
  placementCount,
  COUNT {
    MATCH (child)-[:HAS_PLACEMENT]->(each)-[:WITH_SPONSOR]->(sponsor)
    WHERE each.releasedOn <= $asOf
    RETURN DISTINCT sponsor
  } AS sponsorCount,
  placement.releasedOn AS releasedOn
