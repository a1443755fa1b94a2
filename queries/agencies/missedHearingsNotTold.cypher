// name: missedHearingsNotTold
// title: Missed hearings that an agency was not told of
// question: Of which missed hearings was ORR, OPLA or ERO not told? A row is a missed hearing and an agency that no
//   message about the failure to appear reached, and that has no record of its own of the hearing's outcome, up to the
//   day asked about. A message that failed reached nobody; what an office recorded counts for the agency that it is
//   part of; messages and records without a day do not count.
// parameters:
//   minDays: Int = 3 (at least 0) -- Least number of days since the hearing.
//   agencies: [String!] = ["ORR", "OPLA", "ERO"] -- Codes of the agencies that should be told.
//   asOf: Date = today -- Only hearings, messages and records dated up to this day count; days are counted to it.
// columns:
//   hearing: Hearing -- The missed hearing.
//   agency: Agency -- The agency.
//   daysSinceHearing: Int! -- Days from the hearing to the day asked about.
// key: hearing, agency
// order: daysSinceHearing DESC
// severity: HIGH
// source: default; the DHS inspector general's alert of August 2024 found that agencies are not always told of a missed
//   hearing.
// example: { missedHearingsNotTold(agencies: ["ORR"], first: 20) {
//     totalCount
//     nodes { daysSinceHearing agency { code } hearing { id scheduledOn children { nodes { id aNumber } } } }
//   } }

// The key is named because the index holds it after the outcome and after the code. Agencies are looked up by their
// codes, whose number bounds the rows.
UNWIND $agencies AS given
WITH collect(DISTINCT given) AS codes
MATCH (hearing:Hearing)
WHERE hearing.outcome = 'MISSED' AND hearing.key IS NOT NULL
  AND hearing.scheduledOn <= $asOf - duration({days: $minDays})
UNWIND codes AS code
MATCH (agency:Agency)
WHERE agency.code = code AND agency.key IS NOT NULL
  AND NOT EXISTS {
    MATCH (hearing)<-[record:RECORDED]-(recorder)
    WHERE record.recordedOn <= $asOf AND (recorder = agency OR EXISTS { (recorder)-[:PART_OF]->(agency) })
  }
  AND NOT EXISTS {
    MATCH (hearing)<-[:ABOUT]-(message)-[:SENT_TO]->(agency)
    WHERE message.event = 'MISSED_HEARING'
      AND coalesce(message.status <> 'FAILED', true)
      AND message.sentAt < datetime({date: $asOf + duration({days: 1}), timezone: 'Z'})
  }
RETURN hearing, agency, duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
