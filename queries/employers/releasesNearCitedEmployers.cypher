// name: releasesNearCitedEmployers
// title: Releases to unrelated sponsors near cited employers
// question: Which children were released, to a family friend or an unrelated adult, into a postal area where an
//   employer was cited for child labor within some years before or after the release? Only citations with minors
//   affected count; one whose day or number of minors is unknown does not. The records say no more than that both are
//   in one postal area.
// parameters:
//   withinYears: Int = 3 (at least 0) -- Most years from the release to the citation, either way.
//   minMinors: Int = 1 (at least 1) -- Least number of minors affected by the citation.
//   asOf: Date = today -- Only releases and citations dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   postalArea: PostalArea -- The postal area.
//   employerCount: Int! -- Employers of the area so cited.
//   minorsAffected: Int! -- Minors affected by their citations.
//   lastFoundOn: Date! -- Day of the latest of these.
// key: child, placement, postalArea
// order: minorsAffected DESC, lastFoundOn DESC
// severity: MEDIUM
// source: default; the Labor Department publishes its citations, and nothing links them to releases.
// example: { releasesNearCitedEmployers(minMinors: 5, first: 20) {
//     totalCount
//     nodes { minorsAffected child { id } placement { releasedOn relationship } postalArea { postalCode city state } }
//   } }

// The key is named because the index holds it after the day.
MATCH (violation:LaborViolation)
WHERE violation.foundOn <= $asOf AND violation.key IS NOT NULL AND violation.minorsAffected >= $minMinors
MATCH (violation)<-[:CITED_FOR]-(employer)-[:IN_AREA]->(postalArea)
WITH DISTINCT violation, employer, postalArea
MATCH (postalArea)<-[:RELEASED_IN]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED']
  AND placement.releasedOn <= $asOf
  AND placement.releasedOn - duration({years: $withinYears}) <= violation.foundOn
  AND violation.foundOn <= placement.releasedOn + duration({years: $withinYears})
RETURN
  child,
  placement,
  postalArea,
  count(DISTINCT employer) AS employerCount,
  sum(violation.minorsAffected) AS minorsAffected,
  max(violation.foundOn) AS lastFoundOn
