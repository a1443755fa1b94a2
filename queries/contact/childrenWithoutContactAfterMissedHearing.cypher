// name: childrenWithoutContactAfterMissedHearing
// title: Children without contact after a missed hearing
// question: Which children missed a hearing and have not been seen or spoken to since? A row is a child and its
//   earliest missed hearing after which none of the following came on a later day: an attempt that reached the child,
//   alone or with the sponsor, or somebody who is not named; a home visit or wellness check that found the child with
//   the sponsor; a hearing that the child attended; a release of the child by ORR. Contact with only the sponsor or
//   another adult, a refusal, a failed attempt, and anything undated or on the day of the hearing do not count. Whether
//   a child missed or attended a hearing is told by the child's own outcome where one is on record, else by the
//   hearing's; if there are several, MISSED counts. The words claim no more than the records: no contact is on record.
// parameters:
//   minDays: Int = 30 (at least 1, at most 36500) (keeps daysSinceHearing >= it) -- Minimum number of days since the
//     hearing.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only what is dated up to this day counts; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   hearing: Hearing! -- The earliest missed hearing without a contact on a later day.
//   daysSinceHearing: Int! -- Days from that hearing to the day asked about.
// key: child
// order: daysSinceHearing DESC
// severity: HIGH
// source: default; the DHS inspector general's alert of August 2024 found no process to follow up after a failure to
//   appear.
// omits: Undated hearings. That a lawyer appeared, or that the child moved, says nothing about the child's safety.
// example: { childrenWithoutContactAfterMissedHearing(minDays: 60, first: 20) {
//     totalCount
//     nodes { daysSinceHearing hearing { scheduledOn } child { id aNumber currentAddress { street city state } } }
//   } }

MATCH (hearing:Hearing)<-[:HAS_HEARING|HAD_OUTCOME]-()<-[:RESPONDENT_IN]-{0,1}(child:Child)
WHERE hearing.scheduledOn <= $asOf - duration({days: $minDays}) AND hearing.key IS NOT NULL
  AND (hearing.outcome = 'MISSED' OR EXISTS { (hearing)<-[:HAD_OUTCOME {outcome: 'MISSED'}]-() })
WITH DISTINCT child, hearing
WHERE ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND 'MISSED' IN COLLECT {
    OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(hearing)
    RETURN coalesce(own.outcome, hearing.outcome)
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE contact.outcome = 'REACHED'
      AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
        OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
      AND hearing.scheduledOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE hearing.scheduledOn < release.releasedOn AND release.releasedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:RESPONDENT_IN|HAD_OUTCOME]->()-[:HAS_HEARING]->{0,1}(later:Hearing)
    WHERE hearing.scheduledOn < later.scheduledOn AND later.scheduledOn <= $asOf
    OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(later)
    WITH later, collect(coalesce(own.outcome, later.outcome)) AS outcomes
    WHERE 'ATTENDED' IN outcomes AND NOT 'MISSED' IN outcomes
    RETURN later
  }
// The smallest list is that of the earliest hearing; of two on a day, the one whose key comes first.
WITH child, min([hearing.scheduledOn, hearing.key, hearing])[2] AS hearing
RETURN child, hearing, duration.inDays(hearing.scheduledOn, $asOf).days AS daysSinceHearing
