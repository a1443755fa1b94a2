// name: laborConcernsNearCitedEmployers
// title: Labor concerns near cited employers
// question: Which reports of concern about a child's work or about trafficking concern a child who was released near an
//   employer that was found to employ minors in violation, or name such an employer? An employer is near when it is at
//   the address of one of the child's releases, or in its postal area: the one on record for the release or that of its
//   address, compared with the employer's own or that of one of its addresses. Releases dated up to the day of the
//   report count, including those that have ended. A finding counts when the last day of the period investigated is at
//   most withinYears years before or after the report; when an employer was cited is not on record. An undated report
//   does not count, nor does a finding without a day or a number of minors. That an employer is near says nothing about
//   its part in the matter.
// parameters:
//   withinYears: Int = 3 (at least 0, at most 100) -- Maximum number of years between the report and the last day
//     investigated, before or after.
//   minMinors: Int = 1 (at least 1) -- Minimum number of minors affected by a finding.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only reports dated, and investigated periods that ended, up to this day count.
// columns:
//   child: Child -- The child.
//   report: ConcernReport -- The report of concern.
//   employer: Employer -- The employer.
//   nearness: String! -- The closest of NAMED: the report names it; SAME_ADDRESS; SAME_AREA: in one postal area.
//   minorsAffected: Int! -- Minors affected, by the employer's findings that count.
//   reportedOn: Date! of ConcernReport.reportedOn -- Day of the report.
//   lastFoundOn: Date! of LaborViolation.foundOn -- Last day investigated in the latest of these findings.
// key: child, report, employer
// order: reportedOn DESC, minorsAffected DESC
// severity: HIGH
// source: default; the Labor Department publishes its findings, and nothing links them to reports of concern.
// omits: Concerns of other kinds; employers that nobody investigated; employers in neighboring postal areas; and people
//   who have turned 18, unless asked for.
// example: { laborConcernsNearCitedEmployers(first: 20) {
//     totalCount
//     nodes { nearness reportedOn minorsAffected employer { name } report { kind closedOn } child { id aNumber } }
//   } }
// scans:
//   Employer -- The cited ones are few; their areas are found once, and not again for every report.

MATCH (cited:Employer)-[:LOCATED_AT]->{0,1}(:Employer|Address)-[:IN_AREA]->(citedArea)
WHERE EXISTS { (cited)-[:CITED_FOR]->() }
WITH collect(DISTINCT [cited, citedArea]) AS around
// The key is named because the index holds it after the kind.
MATCH (report:ConcernReport)-[:CONCERNS]->(child)
WHERE report.kind IN ['LABOR', 'TRAFFICKING'] AND report.key IS NOT NULL AND report.reportedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH DISTINCT child, report, around
CALL (child, report, around) {
  MATCH (report)-[:NAMES]->(near:Employer)
  RETURN near, 0 AS distance
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(home)<-[:LOCATED_AT]-(near)
  WHERE placement.releasedOn <= report.reportedOn
    AND coalesce(NOT home.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
    AND coalesce(NOT home.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true)
  RETURN near, 1 AS distance
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->{0,1}(:Placement|Address)-[:RELEASED_IN|IN_AREA]->(postalArea)
  WHERE placement.releasedOn <= report.reportedOn
  WITH DISTINCT postalArea
  UNWIND [pair IN around WHERE pair[1] = postalArea | pair[0]] AS near
  RETURN near, 2 AS distance
}
WITH child, report, near, min(distance) AS distance
MATCH (near)-[:CITED_FOR]->(violation)
WHERE violation.foundOn <= $asOf
  AND violation.minorsAffected >= $minMinors
  AND report.reportedOn - duration({years: $withinYears}) <= violation.foundOn
  AND violation.foundOn <= report.reportedOn + duration({years: $withinYears})
MATCH (violation)<-[:CITED_FOR]-(employer)
WHERE employer = near
WITH
  child,
  report,
  employer,
  distance,
  collect(DISTINCT violation) AS citations,
  max(violation.foundOn) AS lastFoundOn
RETURN
  child,
  report,
  employer,
  ['NAMED', 'SAME_ADDRESS', 'SAME_AREA'][distance] AS nearness,
  reduce(minors = 0, citation IN citations | minors + citation.minorsAffected) AS minorsAffected,
  report.reportedOn AS reportedOn,
  lastFoundOn
