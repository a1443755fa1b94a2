// name: missedHearingsRecordedDifferently
// title: Missed hearings that agencies record differently
// question: For which missed hearings does an agency's own system give a different outcome from another agency's, or
//   from the hearing's own? A row is a hearing, an agency, court or field office, and what its record is compared with:
//   the record of each other agency, and the outcome of the hearing itself, which is the court's word. What an agency
//   says is its latest record up to the day asked about; if that day has several, the last by key. A record without a
//   day or an outcome does not count. A hearing counts as missed when its outcome says so, for all respondents or for
//   one, or when one of the two outcomes compared does. A hearing on a later day than the one asked about does not
//   count, whatever is recorded of it; an undated hearing does.
// parameters:
//   agencies: [String!] = [] (public) -- Codes of the agencies whose records to compare, each with all its offices; all
//     agencies when empty.
//   asOf: Date = today -- Only hearings and records dated up to this day count; days are counted to it.
// columns:
//   hearing: Hearing -- The hearing.
//   agencyA: Agency -- One agency.
//   agencyB: Agency -- The other agency; none when agencyA's record is compared with the hearing's own outcome.
//   comparedWith: String! -- What agencyA's record is compared with: `agency` or `hearing`, and its key.
//   outcomeA: String! of RECORDED.outcome -- Outcome that agencyA records.
//   outcomeB: String! of RECORDED.outcome or Hearing.outcome -- Outcome that agencyB records, or the hearing's own.
//   daysSinceHearing: Int -- Days from the hearing to the day asked about; unknown when the hearing has no day.
// key: hearing, agencyA, comparedWith
// order: daysSinceHearing DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 found thousands of failures to appear that are
//   missing from the system of ICE's lawyers.
// omits: Hearings that an agency does not record at all, since nothing says that it should. Outcomes of single
//   respondents are not compared with records, which give one outcome for the whole hearing.
// example: { missedHearingsRecordedDifferently(agencies: ["EOIR", "OPLA"], first: 20) {
//     totalCount
//     nodes { outcomeA agencyA { code } outcomeB agencyB { code } hearing { id scheduledOn } }
//   } }
// scans:
//   Agency -- Agencies are few, and every record of each is looked at beside the others of its hearing.
//   RECORDED -- The same, read by relationship.

MATCH (agencyA:Agency)-[one:RECORDED]->(hearing)
WHERE one.recordedOn <= $asOf AND one.outcome IS NOT NULL
  AND coalesce(hearing.scheduledOn <= $asOf, true)
  AND (size($agencies) = 0 OR EXISTS { (agencyA)-[:PART_OF]->*(aboveA) WHERE aboveA.code IN $agencies })
// The greatest list is that of the latest record; of two on a day, the one whose key comes last.
WITH hearing, agencyA, max([one.recordedOn, one.key, one.outcome])[2] AS outcomeA
WHERE outcomeA <> hearing.outcome OR EXISTS { (hearing)<-[another:RECORDED]-() WHERE another.outcome <> outcomeA }
CALL (hearing, agencyA) {
  MATCH (hearing)<-[other:RECORDED]-(agencyB:Agency)
  WHERE agencyA.key < agencyB.key
    AND other.recordedOn <= $asOf AND other.outcome IS NOT NULL
    AND (size($agencies) = 0 OR EXISTS { (agencyB)-[:PART_OF]->*(aboveB) WHERE aboveB.code IN $agencies })
  WITH agencyB, max([other.recordedOn, other.key, other.outcome])[2] AS outcomeB
  RETURN agencyB, 'agency ' + agencyB.key AS comparedWith, outcomeB
  UNION
  RETURN null AS agencyB, 'hearing ' + hearing.key AS comparedWith, hearing.outcome AS outcomeB
}
WITH hearing, agencyA, agencyB, comparedWith, outcomeA, outcomeB
WHERE outcomeA <> outcomeB
  AND (
    'MISSED' IN [outcomeA, outcomeB, hearing.outcome]
    OR EXISTS { (hearing)<-[own:HAD_OUTCOME {outcome: 'MISSED'}]-() }
  )
RETURN
  hearing,
  agencyA,
  agencyB,
  comparedWith,
  outcomeA,
  outcomeB,
  duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
