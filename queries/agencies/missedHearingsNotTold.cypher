// name: missedHearingsNotTold
// title: Missed hearings that an agency was not told of
// question: Which missed hearings was ORR, OPLA or ERO not told of? A row is a missed hearing and an agency that had
//   learned nothing of the failure to appear by the day asked about, although more than minDays days had gone by since
//   the hearing. An agency learns of it by a message about a missed hearing, unless that failed, or by a record of its
//   own that the hearing was missed; any other record tells nobody. What an office was told or recorded counts for
//   every agency that it is part of, however many levels up. Undated messages and records do not count, and instants
//   count by their day in UTC. A hearing was missed when its own outcome says so, or that of a respondent.
// parameters:
//   minDays: Int = 3 (at least 0, at most 36500) (keeps daysSinceHearing > it) -- Days after the hearing within which
//     the agency should learn of it; only hearings longer ago than that count.
//   agencies: [String!] = ["ORR", "OPLA", "ERO"] (public) -- Codes of the agencies that should be told.
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
// omits: Undated hearings, and word that left no record here, such as a telephone call that nobody wrote down. An
//   agency told late is not a row: see missedHearingsToldLate. People who have turned 18 always count, since this is
//   about the agencies' work.
// example: { missedHearingsNotTold(agencies: ["ORR"], first: 20) {
//     totalCount
//     nodes { daysSinceHearing agency { code } hearing { id scheduledOn children { nodes { id aNumber } } } }
//   } }

// The key is named because the index holds it after the day and after the code. Agencies are looked up by their
// codes, whose number bounds the rows.
UNWIND $agencies AS given
WITH collect(DISTINCT given) AS codes
MATCH (hearing:Hearing)
WHERE hearing.scheduledOn < $asOf - duration({days: $minDays}) AND hearing.key IS NOT NULL
  AND (hearing.outcome = 'MISSED' OR EXISTS { (hearing)<-[:HAD_OUTCOME {outcome: 'MISSED'}]-() })
UNWIND codes AS code
MATCH (agency:Agency)
WHERE agency.code = code AND agency.key IS NOT NULL
  AND NOT EXISTS {
    MATCH (hearing)<-[record:RECORDED]-(recorder)
    WHERE record.outcome = 'MISSED' AND record.recordedOn <= $asOf AND EXISTS { (recorder)-[:PART_OF]->*(agency) }
  }
  AND NOT EXISTS {
    MATCH (hearing)<-[:ABOUT]-(message)-[:SENT_TO]->(receiver)
    WHERE message.event = 'MISSED_HEARING'
      AND coalesce(message.status <> 'FAILED', true)
      AND message.sentAt < datetime({date: $asOf + duration({days: 1}), timezone: 'Z'})
      AND EXISTS { (receiver)-[:PART_OF]->*(agency) }
  }
RETURN hearing, agency, duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
