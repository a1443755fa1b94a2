// name: childrenPlacedAgain
// title: Children placed again after a placement ended
// question: Which children were released again after a placement ended? A release counts when it is dated on or after
//   the day on which another placement of the child ended, whoever the sponsor is. Ends and releases without a day do
//   not count.
// parameters:
//   asOf: Date = today -- Only releases and ends dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement! -- The latest release that followed the end of another placement.
//   placementCount: Int! -- Releases of the child.
//   sponsorCount: Int! -- Sponsors to whom it was released.
//   releasedOn: Date! -- Day of the latest release that followed the end of another placement.
// key: child
// order: placementCount DESC, releasedOn DESC
// severity: MEDIUM
// source: default
// example: { childrenPlacedAgain(first: 20) {
//     totalCount
//     nodes { placementCount sponsorCount child { id placements { nodes { releasedOn endedOn endReason } } } }
//   } }

// Few placements have ended: the index that holds the day and the key holds these alone.
MATCH (ended:Placement)
WHERE ended.endedOn IS NOT NULL AND ended.key IS NOT NULL AND ended.endedOn <= $asOf
MATCH (ended)<-[:HAS_PLACEMENT]-(child)-[:HAS_PLACEMENT]->(again)
WHERE ended.endedOn <= again.releasedOn AND again.releasedOn <= $asOf
// The greatest list is that of the latest release; of two on a day, the one whose key comes last.
WITH child, max([again.releasedOn, again.key, again])[2] AS placement
RETURN
  child,
  placement,
  COUNT {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE release.releasedOn <= $asOf
  } AS placementCount,
  COUNT {
    MATCH (child)-[:HAS_PLACEMENT]->(release)-[:WITH_SPONSOR]->(sponsor)
    WHERE release.releasedOn <= $asOf
    RETURN DISTINCT sponsor
  } AS sponsorCount,
  placement.releasedOn AS releasedOn
