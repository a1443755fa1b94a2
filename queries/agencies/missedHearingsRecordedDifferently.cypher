// name: missedHearingsRecordedDifferently
// title: Missed hearings that agencies record differently
// question: For which missed hearings do two agencies' own systems give different outcomes? A row is a hearing and two
//   agencies, courts or field offices; every pair is looked at. What an agency says is its latest record up to the day
//   asked about; a record without a day or an outcome does not count. A hearing counts as missed when its outcome is
//   so, or when one of the two records it so.
// parameters:
//   agencies: [String!] = [] -- Codes of the agencies between which to look; all agencies when empty.
//   asOf: Date = today -- Only hearings and records dated up to this day count; days are counted to it.
// columns:
//   hearing: Hearing -- The hearing.
//   agencyA: Agency -- One agency.
//   agencyB: Agency -- The other agency.
//   outcomeA: String! -- Outcome that the one records.
//   outcomeB: String! -- Outcome that the other records.
//   daysSinceHearing: Int -- Days from the hearing to the day asked about; unknown when the hearing has no day.
// key: hearing, agencyA, agencyB
// order: daysSinceHearing DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 found thousands of failures to appear that the
//   lawyers' system lacks.
// example: { missedHearingsRecordedDifferently(agencies: ["EOIR", "OPLA"], first: 20) {
//     totalCount
//     nodes { outcomeA agencyA { code } outcomeB agencyB { code } hearing { id scheduledOn } }
//   } }
// scans:
//   Agency -- Agencies are few, and every record of each is looked at beside the others of its hearing.
//   RECORDED -- The same, read by the link.

MATCH (agencyA:Agency)-[one:RECORDED]->(hearing)<-[other:RECORDED]-(agencyB:Agency)
WHERE agencyA.key < agencyB.key
  AND one.recordedOn <= $asOf AND one.outcome IS NOT NULL
  AND other.recordedOn <= $asOf AND other.outcome IS NOT NULL
  AND (size($agencies) = 0 OR (agencyA.code IN $agencies AND agencyB.code IN $agencies))
// The greatest list is that of the latest record; of two on a day, the one whose key comes last.
WITH
  hearing,
  agencyA,
  agencyB,
  max([one.recordedOn, one.key, one.outcome])[2] AS outcomeA,
  max([other.recordedOn, other.key, other.outcome])[2] AS outcomeB
WHERE outcomeA <> outcomeB
  AND (
    outcomeA = 'MISSED' OR outcomeB = 'MISSED'
    OR (hearing.outcome = 'MISSED' AND hearing.scheduledOn <= $asOf)
  )
RETURN
  hearing,
  agencyA,
  agencyB,
  outcomeA,
  outcomeB,
  duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
