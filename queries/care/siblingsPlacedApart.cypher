// name: siblingsPlacedApart
// title: Siblings placed apart
// question: Which siblings are placed with different sponsors at different addresses? A row is a pair of siblings, each
//   pair once, who both have a current placement: the latest release up to the day asked about, if it had not ended by
//   then; an earlier one ended when the child was released again. Their sponsors are on record and differ, and the two
//   were not released to one address. If a day has several releases that have not ended, or a release has several
//   sponsors, the first by key counts. The records do not date who is whose sibling; undated releases do not count.
// parameters:
//   includeGrownUp: Boolean = false -- Whether pairs count in which somebody has turned 18.
//   asOf: Date = today -- Only releases and ends dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- One of the siblings.
//   sibling: Child -- The other sibling.
//   sponsor: Sponsor! -- The child's sponsor.
//   siblingSponsor: Sponsor! -- The sibling's sponsor.
//   apartSince: Date! of Placement.releasedOn -- Day of the later of their two releases.
// key: child, sibling
// order: apartSince DESC
// severity: LOW
// source: default
// omits: Pairs of whom one is in HHS custody again, and pairs released under different sponsors to one address, unless
//   that names no home (blank, undeliverable, or lacking the unit).
// example: { siblingsPlacedApart(first: 20) {
//     totalCount
//     nodes { apartSince child { id firstName } sponsor { id lastName } sibling { id } siblingSponsor { id } }
//   } }
// scans:
//   SIBLING_OF -- Each sibling is looked at through the link to the other, so that children without one are not.

MATCH (child)-[:SIBLING_OF]-(sibling)
WHERE child.key < sibling.key
WITH DISTINCT child, sibling
WHERE $includeGrownUp
  OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
  AND NOT coalesce(sibling.dateOfBirth <= $asOf - duration({years: 18}), false)
WITH child, sibling, COLLECT {
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $asOf
  RETURN placement
  ORDER BY placement.releasedOn DESC, coalesce(placement.endedOn <= $asOf, false), placement.key
  LIMIT 1
}[0] AS one, COLLECT {
  MATCH (sibling)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $asOf
  RETURN placement
  ORDER BY placement.releasedOn DESC, coalesce(placement.endedOn <= $asOf, false), placement.key
  LIMIT 1
}[0] AS other
WHERE coalesce(one.endedOn > $asOf, true) AND coalesce(other.endedOn > $asOf, true)
  AND NOT EXISTS {
    MATCH (child)-[:HAS_EPISODE]->(episode)
    WHERE one.releasedOn < coalesce(episode.admittedOn, episode.transferredOn)
      AND coalesce(episode.admittedOn, episode.transferredOn) <= $asOf
      AND coalesce(episode.dischargedOn > $asOf, true)
  }
  AND NOT EXISTS {
    MATCH (sibling)-[:HAS_EPISODE]->(episode)
    WHERE other.releasedOn < coalesce(episode.admittedOn, episode.transferredOn)
      AND coalesce(episode.admittedOn, episode.transferredOn) <= $asOf
      AND coalesce(episode.dischargedOn > $asOf, true)
  }
WITH child, sibling, one, other, COLLECT {
  MATCH (one)-[:WITH_SPONSOR]->(sponsor)
  RETURN sponsor ORDER BY sponsor.key LIMIT 1
}[0] AS sponsor, COLLECT {
  MATCH (other)-[:WITH_SPONSOR]->(siblingSponsor)
  RETURN siblingSponsor ORDER BY siblingSponsor.key LIMIT 1
}[0] AS siblingSponsor
WHERE sponsor <> siblingSponsor AND NOT EXISTS {
    MATCH (one)-[:RELEASED_TO]->(home)<-[:RELEASED_TO]-(other)
    WHERE coalesce(NOT home.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
  }
RETURN
  child,
  sibling,
  sponsor,
  siblingSponsor,
  CASE WHEN one.releasedOn > other.releasedOn THEN one.releasedOn ELSE other.releasedOn END AS apartSince
