// name: missedHearingsToldLate
// title: Missed hearings that an agency learned of late
// question: Of which missed hearings did ORR, OPLA or ERO learn late? A row is a missed hearing and an agency that a
//   message about the failure to appear reached, or that recorded the failure itself, but for the first time more than
//   the given number of days after the hearing. A message that failed reached nobody; what an office recorded counts
//   for the agency that it is part of; messages and records without a day do not count. Instants count by their day in
//   UTC.
// parameters:
//   maxDays: Int = 3 (at least 0) -- Most days within which the agency should learn of it.
//   agencies: [String!] = ["ORR", "OPLA", "ERO"] -- Codes of the agencies that should be told.
//   asOf: Date = today -- Only hearings, messages and records dated up to this day count.
// columns:
//   hearing: Hearing -- The missed hearing.
//   agency: Agency -- The agency.
//   learnedOn: Date! -- Day of the first message or record.
//   daysAfterHearing: Int! -- Days from the hearing to that day.
// key: hearing, agency
// order: daysAfterHearing DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 found that agencies are not always told of a missed
//   hearing.
// example: { missedHearingsToldLate(maxDays: 30, first: 20) {
//     totalCount
//     nodes { daysAfterHearing learnedOn agency { code } hearing { id scheduledOn } }
//   } }

// The key is named because the index holds it after the outcome and after the code. Agencies are looked up by their
// codes, whose number bounds the rows.
UNWIND $agencies AS given
WITH collect(DISTINCT given) AS codes
MATCH (hearing:Hearing)
WHERE hearing.outcome = 'MISSED' AND hearing.key IS NOT NULL AND hearing.scheduledOn <= $asOf
UNWIND codes AS code
MATCH (agency:Agency)
WHERE agency.code = code AND agency.key IS NOT NULL
CALL (hearing, agency) {
  MATCH (hearing)<-[record:RECORDED]-(recorder)
  WHERE record.outcome = 'MISSED' AND record.recordedOn <= $asOf
    AND (recorder = agency OR EXISTS { (recorder)-[:PART_OF]->(agency) })
  RETURN record.recordedOn AS day
  UNION
  MATCH (hearing)<-[:ABOUT]-(message)-[:SENT_TO]->(agency)
  WHERE message.event = 'MISSED_HEARING'
    AND coalesce(message.status <> 'FAILED', true)
    AND message.sentAt < datetime({date: $asOf + duration({days: 1}), timezone: 'Z'})
  RETURN date(datetime({datetime: message.sentAt, timezone: 'Z'})) AS day
}
WITH hearing, agency, min(day) AS learnedOn
WITH hearing, agency, learnedOn, duration.inDays(hearing.scheduledOn, learnedOn).days AS daysAfterHearing
WHERE daysAfterHearing > $maxDays
RETURN hearing, agency, learnedOn, daysAfterHearing
