// name: contactRefusedWithoutFollowUp
// title: Contact refused and no follow-up
// question: For which children was contact refused, with nobody having spoken to them since? A row is a child and the
//   earliest refusal after which neither contact with the child nor a release of the child came on a later day. Contact
//   with the child is an attempt that reached the child, alone or with the sponsor, or somebody who is not named, or a
//   home visit or wellness check that found the child with the sponsor; another failed attempt is no follow-up. A
//   refusal is a worrying answer: somebody was there.
// parameters:
//   minDays: Int = 7 (at least 1, at most 36500) (keeps daysSinceRefusal >= it) -- Minimum number of days since the
//     refusal.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only attempts and releases dated up to this day count; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   contactAttempt: ContactAttempt! -- The earliest refusal without follow-up.
//   refusedOn: Date! of ContactAttempt.attemptedOn -- Day of the refusal.
//   attemptsSince: Int! -- Attempts on later days, none of which was contact with the child.
//   daysSinceRefusal: Int! -- Days from the refusal to the day asked about.
// key: child
// order: daysSinceRefusal DESC
// severity: HIGH
// source: default
// omits: Undated refusals, and what was done without speaking to the child, such as a report to the police.
// example: { contactRefusedWithoutFollowUp(minDays: 30, first: 20) {
//     totalCount
//     nodes { daysSinceRefusal attemptsSince refusedOn child { id currentAddress { street city } } }
//   } }

// The key is named because the index holds it after the outcome.
MATCH (refusal:ContactAttempt)
WHERE refusal.outcome = 'REFUSED' AND refusal.key IS NOT NULL
  AND refusal.attemptedOn <= $asOf - duration({days: $minDays})
MATCH (refusal)<-[:HAS_CONTACT]-(child)
WHERE ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE contact.outcome = 'REACHED'
      AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
        OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
      AND refusal.attemptedOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE refusal.attemptedOn < release.releasedOn AND release.releasedOn <= $asOf
  }
// The smallest list is that of the earliest refusal; of two on a day, the one whose key comes first.
WITH child, min([refusal.attemptedOn, refusal.key, refusal])[2] AS contactAttempt
RETURN
  child,
  contactAttempt,
  contactAttempt.attemptedOn AS refusedOn,
  COUNT {
    MATCH (child)-[:HAS_CONTACT]->(again)
    WHERE contactAttempt.attemptedOn < again.attemptedOn AND again.attemptedOn <= $asOf
    RETURN DISTINCT again
  } AS attemptsSince,
  duration.inDays(contactAttempt.attemptedOn, $asOf).days AS daysSinceRefusal
