// name: siblingsPlacedApart
// title: Siblings placed apart
// question: Which siblings are placed with different sponsors at different addresses? A row is a pair of siblings, each
//   pair once, who both have a current placement: the latest release up to the day asked about that had not ended by
//   it. Their sponsors are on record and differ, and they were not released to one address. The records do not date who
//   is whose sibling; a release without a day does not count.
// parameters:
//   asOf: Date = today -- Only releases and ends dated up to this day count.
// columns:
//   child: Child -- One of the siblings.
//   sibling: Child -- The other.
//   sponsor: Sponsor! -- The sponsor of the one.
//   siblingSponsor: Sponsor! -- The sponsor of the other.
//   apartSince: Date! -- Day of the later of their two releases.
// key: child, sibling
// order: apartSince DESC
// severity: LOW
// source: default
// example: { siblingsPlacedApart(first: 20) {
//     totalCount
//     nodes { apartSince child { id firstName } sponsor { id lastName } sibling { id firstName } siblingSponsor { id } }
//   } }
// scans:
//   SIBLING_OF -- Each sibling is looked at through the link to the other, so that children without one are not.

MATCH (child)-[:SIBLING_OF]-(sibling)
WHERE child.key < sibling.key
WITH DISTINCT child, sibling
WITH child, sibling, COLLECT {
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $asOf AND coalesce(placement.endedOn > $asOf, true)
  RETURN placement ORDER BY placement.releasedOn DESC, placement.key LIMIT 1
}[0] AS one, COLLECT {
  MATCH (sibling)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $asOf AND coalesce(placement.endedOn > $asOf, true)
  RETURN placement ORDER BY placement.releasedOn DESC, placement.key LIMIT 1
}[0] AS other
MATCH (one)-[:WITH_SPONSOR]->(sponsor)
MATCH (other)-[:WITH_SPONSOR]->(siblingSponsor)
WHERE sponsor <> siblingSponsor AND NOT EXISTS { (one)-[:RELEASED_TO]->()<-[:RELEASED_TO]-(other) }
RETURN
  child,
  sibling,
  sponsor,
  siblingSponsor,
  CASE WHEN one.releasedOn > other.releasedOn THEN one.releasedOn ELSE other.releasedOn END AS apartSince
