// name: releasesAfterConcern
// title: Releases to a sponsor after a concern
// question: Which children were released to a sponsor after a report of concern that names the sponsor, or is about a
//   child who was with that sponsor at the time? The report was made or, where that day is unknown, received before the
//   day of the release. A child released again to the sponsor with whom it was at the time of a report counts too.
// parameters:
//   kinds: [ConcernKind!] = ["LABOR", "ABUSE", "NEGLECT", "TRAFFICKING"] -- What the reports are about.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release after the concern.
//   sponsor: Sponsor -- The sponsor; if the reports are about several, the first by key.
//   concernCount: Int! -- Reports before the release.
//   lastReportedOn: Date! of ConcernReport.reportedOn or ConcernReport.receivedOn -- Day of the latest of them.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
// key: child, placement
// order: releasedOn DESC, concernCount DESC
// severity: HIGH
// source: default
// omits: Undated reports and releases, reports about a child who was with no sponsor on that day, and releases to the
//   same person under another record: see sponsorsUnderSeveralRecords. What an agency found out about a report is not
//   recorded.
// example: { releasesAfterConcern(first: 20) {
//     totalCount
//     nodes { concernCount lastReportedOn releasedOn child { id lastName } sponsor { id lastName } }
//   } }

MATCH (report:ConcernReport)
WHERE report.kind IN $kinds AND report.key IS NOT NULL
WITH report, coalesce(report.reportedOn, report.receivedOn) AS day
WHERE day <= $asOf
CALL (report, day) {
  MATCH (report)-[:NAMES]->(named:Sponsor)
  RETURN named AS concerned
  UNION
  MATCH (report)-[:CONCERNS]->(about)-[:HAS_PLACEMENT]->(stay)-[:WITH_SPONSOR]->(keeper)
  WHERE stay.releasedOn <= day
    AND coalesce(day <= stay.endedOn, true)
    AND NOT EXISTS {
      MATCH (about)-[:HAS_PLACEMENT]->(later)
      WHERE stay.releasedOn < later.releasedOn AND later.releasedOn <= day
    }
  RETURN keeper AS concerned
}
MATCH (concerned)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child:Child)
WHERE day < placement.releasedOn
  AND placement.releasedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH DISTINCT child, placement, concerned, report, day
ORDER BY concerned.key
RETURN
  child,
  placement,
  head(collect(concerned)) AS sponsor,
  count(DISTINCT report) AS concernCount,
  max(day) AS lastReportedOn,
  placement.releasedOn AS releasedOn
