// name: releasesNearCitedEmployers
// title: Releases to unrelated sponsors near cited employers
// question: Which children were released, to a family friend or an unrelated adult, into a postal area where an
//   employer was found to employ minors in violation, at most withinYears years before or after the release? A release
//   is in the postal area on record for it, and in that of its address; an employer is in its own, and in those of its
//   addresses. The records do not say when an employer was cited: what is dated is the last day of the period
//   investigated, and the years are counted from it. Only findings with minors affected count; one whose day or number
//   of minors is unknown does not. The records say no more than that both are in one postal area.
// parameters:
//   withinYears: Int = 3 (at least 0, at most 100) -- Maximum number of years between the release and the last day
//     investigated, before or after.
//   minMinors: Int = 1 (at least 1) -- Minimum number of minors affected by a finding.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases dated, and investigated periods that ended, up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   postalArea: PostalArea -- The postal area.
//   employerCount: Int! -- Employers in the area with such findings.
//   minorsAffected: Int! -- Minors affected by these findings.
//   lastFoundOn: Date! of LaborViolation.foundOn -- Last day investigated in the latest of these findings.
// key: child, placement, postalArea
// order: minorsAffected DESC, lastFoundOn DESC
// severity: MEDIUM
// source: default; the Labor Department publishes its findings, and nothing links them to releases.
// omits: Employers that nobody investigated; employers in neighboring postal areas; and people who have turned 18,
//   unless asked for.
// example: { releasesNearCitedEmployers(minMinors: 5, first: 20) {
//     totalCount
//     nodes { minorsAffected child { id } placement { releasedOn relationship } postalArea { postalCode city state } }
//   } }

// The key is named because the index holds it after the day.
MATCH (violation:LaborViolation)
WHERE violation.foundOn <= $asOf AND violation.key IS NOT NULL AND violation.minorsAffected >= $minMinors
MATCH (violation)<-[:CITED_FOR]-(employer)-[:LOCATED_AT]->{0,1}(:Employer|Address)-[:IN_AREA]->(postalArea)
WITH DISTINCT violation, employer, postalArea
// An area's releases are looked through once, whatever its number of citations.
WITH postalArea, collect([violation, employer]) AS cited
MATCH (postalArea)<-[:RELEASED_IN|IN_AREA]-(:Address|Placement)<-[:RELEASED_TO]-{0,1}(placement:Placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED']
  AND placement.releasedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH DISTINCT
  child,
  placement,
  postalArea,
  cited,
  placement.releasedOn - duration({years: $withinYears}) AS earliest,
  placement.releasedOn + duration({years: $withinYears}) AS latest
UNWIND cited AS one
WITH child, placement, postalArea, earliest, latest, one[0] AS violation, one[1] AS employer
WHERE earliest <= violation.foundOn AND violation.foundOn <= latest
WITH
  child,
  placement,
  postalArea,
  count(DISTINCT employer) AS employerCount,
  collect(DISTINCT violation) AS citations,
  max(violation.foundOn) AS lastFoundOn
RETURN
  child,
  placement,
  postalArea,
  employerCount,
  reduce(minors = 0, citation IN citations | minors + citation.minorsAffected) AS minorsAffected,
  lastFoundOn
