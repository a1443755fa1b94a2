// name: sponsorsApprovedAfterDenial
// title: Sponsors approved after a denial
// question: Which applications to sponsor a child were approved after one by the same sponsor had been denied, for that
//   child or for another? Decisions count by their days; an approval on the day of the denial was not later. If there
//   are several denials before an approval, the latest is shown.
// parameters:
//   asOf: Date = today -- Only decisions dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   application: SponsorApplication -- The application that was approved.
//   denial: SponsorApplication -- The latest application that had been denied before.
//   deniedOn: Date! of SponsorApplication.decidedOn -- Day of that denial.
//   approvedOn: Date! of SponsorApplication.decidedOn -- Day of the approval.
//   waitDays: Int! -- Days between the two.
//   sameChild: Boolean! -- Whether both were for one child.
// key: sponsor, application
// order: waitDays, approvedOn DESC
// severity: MEDIUM
// source: default
// omits: Applications without a day of decision, those withdrawn, and those made under another record of the same
//   person: see sponsorsUnderSeveralRecords. What changed in between is not recorded.
// example: { sponsorsApprovedAfterDenial(first: 20) {
//     totalCount
//     nodes { deniedOn approvedOn waitDays sameChild sponsor { id lastName } application { key child { id } } }
//   } }

MATCH (sponsor:Sponsor)-[:MADE_APPLICATION]->(denied:SponsorApplication)
WHERE denied.decision = 'DENIED' AND denied.key IS NOT NULL
MATCH (sponsor)-[:MADE_APPLICATION]->(application)
WHERE application.decision = 'APPROVED'
  AND denied.decidedOn < application.decidedOn
  AND application.decidedOn <= $asOf
WITH sponsor, application, collect(DISTINCT denied) AS denials
WITH
  sponsor,
  application,
  reduce(latest = head(denials), one IN denials | CASE
    WHEN [one.decidedOn, latest.key] > [latest.decidedOn, one.key] THEN one
    ELSE latest
  END) AS denial
RETURN
  sponsor,
  application,
  denial,
  denial.decidedOn AS deniedOn,
  application.decidedOn AS approvedOn,
  duration.inDays(denial.decidedOn, application.decidedOn).days AS waitDays,
  EXISTS { (denial)-[:FOR_CHILD]->()<-[:FOR_CHILD]-(application) } AS sameChild
