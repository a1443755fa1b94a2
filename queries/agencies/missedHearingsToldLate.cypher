// name: missedHearingsToldLate
// title: Missed hearings that an agency learned of late
// question: Which missed hearings did ORR, OPLA or ERO learn of late? A row is a missed hearing and an agency that
//   first learned of the failure to appear more than maxDays days after the hearing: by a message about a missed
//   hearing, unless that failed, or by a record of its own that the hearing was missed; any other record tells nobody.
//   What an office was told or recorded counts for every agency that it is part of, however many levels up. Undated
//   messages and records do not count, and instants count by their day in UTC. A hearing was missed when its own
//   outcome says so, or that of a respondent.
// parameters:
//   maxDays: Int = 3 (at least 0, at most 36500) (keeps daysAfterHearing > it) -- Days after the hearing within which
//     the agency should learn of it.
//   agencies: [String!] = ["ORR", "OPLA", "ERO"] (public) -- Codes of the agencies that should be told.
//   asOf: Date = today -- Only hearings, messages and records dated up to this day count.
// columns:
//   hearing: Hearing -- The missed hearing.
//   agency: Agency -- The agency.
//   learnedOn: Date! of RECORDED.recordedOn or Notification.sentAt -- Day of the first message or record.
//   daysAfterHearing: Int! -- Days from the hearing to that day.
// key: hearing, agency
// order: daysAfterHearing DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 found that agencies are not always told of a missed
//   hearing.
// omits: Undated hearings, and word that left no record here. An agency that has learned nothing at all is not a row:
//   see missedHearingsNotTold. People who have turned 18 always count, since this is about the agencies' work.
// example: { missedHearingsToldLate(maxDays: 30, first: 20) {
//     totalCount
//     nodes { daysAfterHearing learnedOn agency { code } hearing { id scheduledOn } }
//   } }

// The key is named because the index holds it after the day and after the code. Agencies are looked up by their
// codes, whose number bounds the rows.
UNWIND $agencies AS given
WITH collect(DISTINCT given) AS codes
MATCH (hearing:Hearing)
WHERE hearing.scheduledOn <= $asOf AND hearing.key IS NOT NULL
  AND (hearing.outcome = 'MISSED' OR EXISTS { (hearing)<-[:HAD_OUTCOME {outcome: 'MISSED'}]-() })
UNWIND codes AS code
MATCH (agency:Agency)
WHERE agency.code = code AND agency.key IS NOT NULL
CALL (hearing, agency) {
  MATCH (hearing)<-[record:RECORDED]-(recorder)
  WHERE record.outcome = 'MISSED' AND record.recordedOn <= $asOf AND EXISTS { (recorder)-[:PART_OF]->*(agency) }
  RETURN record.recordedOn AS day
  UNION
  MATCH (hearing)<-[:ABOUT]-(message)-[:SENT_TO]->(receiver)
  WHERE message.event = 'MISSED_HEARING'
    AND coalesce(message.status <> 'FAILED', true)
    AND message.sentAt < datetime({date: $asOf + duration({days: 1}), timezone: 'Z'})
    AND EXISTS { (receiver)-[:PART_OF]->*(agency) }
  RETURN date(datetime({datetime: message.sentAt, timezone: 'Z'})) AS day
}
WITH hearing, agency, min(day) AS learnedOn
WITH hearing, agency, learnedOn, duration.inDays(hearing.scheduledOn, learnedOn).days AS daysAfterHearing
WHERE daysAfterHearing > $maxDays
RETURN hearing, agency, learnedOn, daysAfterHearing
