// name: childrenWithSponsorsOfConcern
// title: Children with a sponsor about whom there was a concern
// question: Which children live with a sponsor about whom there was a report of concern, or about another of whose
//   children there was one? A report counts by the day on which it was made or, where that is unknown, received, up to
//   the day asked about; one about a child is about the sponsor with whom the child was on that day. A child is with a
//   sponsor by its latest release, unless that has ended or the child has been in HHS custody again since.
// parameters:
//   kinds: [ConcernKind!] = ["LABOR", "TRAFFICKING"] -- What the reports are about.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   child: Child -- The child; the reports concern others.
//   sponsor: Sponsor -- The sponsor; if the reports are about several, the first by key.
//   concernCount: Int! -- Reports about the sponsor (or any of several) or about another child placed with them.
//   lastReportedOn: Date! of ConcernReport.reportedOn or ConcernReport.receivedOn -- Day of the latest report.
// key: child
// order: lastReportedOn DESC, concernCount DESC
// severity: HIGH
// source: default
// omits: Undated reports, and reports about a child who was with no sponsor on that day. A concern about the same
//   person under another record is not found: see sponsorsUnderSeveralRecords.
// example: { childrenWithSponsorsOfConcern(first: 20) {
//     totalCount
//     nodes { concernCount lastReportedOn child { id lastName } sponsor { id lastName } }
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
WHERE placement.releasedOn <= $asOf
  AND NOT coalesce(placement.endedOn <= $asOf, false)
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(later)
    WHERE placement.releasedOn < later.releasedOn AND later.releasedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_EPISODE]->(episode)
    WHERE placement.releasedOn < coalesce(episode.admittedOn, episode.transferredOn)
      AND coalesce(episode.admittedOn, episode.transferredOn) <= $asOf
      AND coalesce(episode.dischargedOn > $asOf, true)
  }
  AND NOT EXISTS { (report)-[:CONCERNS]->(child) }
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH DISTINCT child, concerned, report, day
ORDER BY concerned.key
RETURN
  child,
  head(collect(concerned)) AS sponsor,
  count(DISTINCT report) AS concernCount,
  max(day) AS lastReportedOn
