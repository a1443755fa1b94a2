// name: childrenWithoutContactAfterMissedHearing
// title: Children without contact after a missed hearing
// question: Which children missed a hearing and have not been reached since? A row is a child with its earliest missed
//   hearing that no contact with the outcome REACHED followed on a later day; a contact on the day of the hearing, a
//   failed attempt and one without a date do not answer for it. The words claim no more than the records: no contact
//   is on record.
// parameters:
//   minDays: Int = 30 (at least 1) -- Least number of days since the hearing.
//   asOf: Date = today -- Only hearings and contacts dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   hearing: Hearing! -- The earliest missed hearing without a contact on a later day.
//   daysSinceHearing: Int! -- Days from that hearing to the day asked about.
// key: child
// order: daysSinceHearing DESC
// severity: HIGH
// source: default; the DHS inspector general's alert of August 2024 found no process to follow up after a failure to
//   appear.
// example: { childrenWithoutContactAfterMissedHearing(minDays: 60, first: 20) {
//     totalCount
//     nodes { daysSinceHearing hearing { scheduledOn } child { id aNumber currentAddress { street city state } } }
//   } }

// The key is named because the index holds it after the outcome.
MATCH (hearing:Hearing)
WHERE hearing.outcome = 'MISSED' AND hearing.key IS NOT NULL
  AND hearing.scheduledOn <= $asOf - duration({days: $minDays})
MATCH (hearing)<-[:HAS_HEARING]-()<-[:RESPONDENT_IN]-(child)
WHERE NOT EXISTS {
  MATCH (child)-[:HAS_CONTACT]->(contact)
  WHERE contact.outcome = 'REACHED' AND contact.attemptedOn > hearing.scheduledOn AND contact.attemptedOn <= $asOf
}
// The smallest list is that of the earliest hearing; of two on a day, the one whose key comes first.
WITH child, min([hearing.scheduledOn, hearing.key, hearing])[2] AS hearing
RETURN child, hearing, duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
