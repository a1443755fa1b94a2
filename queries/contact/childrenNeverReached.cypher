// name: childrenNeverReached
// title: Children never reached after placement
// question: Which children has nobody reached since placement? The question is about a child, not about a placement: a
//   row is a child who was released, with attempts to contact it on later days than its latest release, none of which
//   was contact with the child. Contact is an attempt that reached the child, alone or with the sponsor, or somebody
//   who is not named, or a home visit or wellness check that found the child with the sponsor; an attempt that reached
//   only the sponsor or another adult is not, and neither is a refusal. A child none of whose releases is dated was
//   released all the same, and then every attempt counts. Undated attempts do not. The words claim no more than the
//   records: no contact is on record.
// parameters:
//   minAttempts: Int = 1 (at least 1) (keeps attemptCount >= it) -- Minimum number of attempts.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and attempts dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   attemptCount: Int! -- Attempts since the latest release.
//   lastAttemptedOn: Date! of ContactAttempt.attemptedOn -- Day of the latest attempt.
// key: child
// order: attemptCount DESC, lastAttemptedOn DESC
// severity: HIGH
// source: default; a newspaper's investigation found that HHS could not reach a third of children after placement.
// omits: Children whom nobody tried to reach: see wellBeingCallsOverdue.
// example: { childrenNeverReached(minAttempts: 3, first: 20) {
//     totalCount
//     nodes { attemptCount lastAttemptedOn child { id currentAddress { street city } phones { nodes { number } } } }
//   } }
// scans:
//   Child -- Attempts are counted by degree, so that children with too few are not looked into.

MATCH (child:Child)
WHERE COUNT { (child)-[:HAS_CONTACT]->() } >= $minAttempts
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE coalesce(placement.releasedOn <= $asOf, true)
WITH child, max(placement.releasedOn) AS releasedOn
MATCH (child)-[:HAS_CONTACT]->(contact)
WHERE contact.attemptedOn <= $asOf AND coalesce(releasedOn < contact.attemptedOn, true)
WITH
  child,
  count(DISTINCT contact) AS attemptCount,
  count(
    CASE
      WHEN contact.outcome = 'REACHED'
        AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
          OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor) THEN 1
    END
  ) AS reachedCount,
  max(contact.attemptedOn) AS lastAttemptedOn
WHERE reachedCount = 0 AND attemptCount >= $minAttempts
RETURN child, attemptCount, lastAttemptedOn
