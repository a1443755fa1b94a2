// name: childrenWithoutRepresentationAtHearing
// title: Children with a hearing ahead and nobody who represents them
// question: Which children have a hearing ahead, and nobody to represent them? A row is a child and its next hearing in
//   an open case, on the day asked about or at most withinDays days later, in which nobody represents the child on the
//   day asked about. Somebody represents a child who entered an appearance by that day and had not withdrawn by it, in
//   that case or with no case on record. A hearing that was cancelled or adjourned is not ahead, nor is one on the day
//   itself that has already been held, nor one whose notice of hearing was sent only after the day asked about; the
//   child's own outcome takes precedence over the hearing's. A case is open once it has been opened, while its status
//   is pending, whatever an earlier closing day says, or while its closing day is after the day asked about.
// parameters:
//   withinDays: Int = 30 (at least 0, at most 36500) (keeps daysUntilHearing <= it) -- Maximum number of days until the
//     hearing.
//   asOf: Date = today -- Only cases and appearances dated up to this day count; days are counted from it.
// columns:
//   child: Child -- The child.
//   hearing: Hearing! -- The next hearing without representation; ties go to the first key.
//   courtCase: CourtCase! -- The case; if several, the first by key.
//   scheduledOn: Date! of Hearing.scheduledOn -- Day of the hearing.
//   daysUntilHearing: Int! -- Days from the day asked about to the hearing.
// key: child
// order: daysUntilHearing
// severity: HIGH
// source: default
// rules:
//   8 USC 1362 -- In removal proceedings one may be represented, at no expense to the government.
//   8 USC 1232(c)(5) (from 2009-03-23) -- HHS is to ensure, as far as practicable, that unaccompanied children have
//     counsel in proceedings.
//   8 CFR 1003.17(a) -- Who represents somebody before a court enters an appearance on form EOIR-28.
// omits: Help without an appearance, such as that of a friend of the court. Those who have turned 18 count: their
//   hearing is ahead too.
// example: { childrenWithoutRepresentationAtHearing(withinDays: 14, first: 20) {
//     totalCount
//     nodes { daysUntilHearing scheduledOn child { id aNumber } courtCase { court { code } } }
//   } }

// The key is named because the index holds it after the day.
MATCH (hearing:Hearing)
WHERE $asOf <= hearing.scheduledOn AND hearing.scheduledOn <= $asOf + duration({days: $withinDays})
  AND hearing.key IS NOT NULL
  AND coalesce(hearing.noticeSentOn <= $asOf, true)
MATCH (hearing)<-[:HAS_HEARING]-(courtCase)<-[:RESPONDENT_IN]-(child)
WHERE courtCase.openedOn <= $asOf AND (courtCase.status = 'PENDING' OR courtCase.closedOn > $asOf)
OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(hearing)
WITH child, hearing, courtCase, collect(coalesce(own.outcome, hearing.outcome)) AS outcomes
WHERE NONE(outcome IN outcomes WHERE outcome IN ['CANCELLED', 'ADJOURNED'])
  AND ($asOf < hearing.scheduledOn OR NONE(outcome IN outcomes WHERE outcome <> 'SCHEDULED'))
  AND NOT EXISTS {
    MATCH (child)-[:REPRESENTED_BY]->(representation)
    WHERE representation.enteredOn <= $asOf AND coalesce(representation.withdrawnOn > $asOf, true)
      AND (
        NOT EXISTS { (representation)-[:IN_CASE]->() }
        OR EXISTS { (representation)-[:IN_CASE]->(courtCase) }
      )
  }
// The smallest list is that of the next hearing.
WITH child, min([hearing.scheduledOn, hearing.key, courtCase.key, hearing, courtCase]) AS coming
RETURN
  child,
  coming[3] AS hearing,
  coming[4] AS courtCase,
  coming[0] AS scheduledOn,
  duration.inDays($asOf, coming[0]).days AS daysUntilHearing
