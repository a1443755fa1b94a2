// name: childrenNeverReached
// title: Children never reached after placement
// question: Whom did nobody reach after placement? A row is a child with attempts to contact it, on later days than its
//   latest release, none of which is on record as having reached the child or the sponsor. An attempt whose outcome is
//   unknown counts as one; an attempt without a day does not count. The words claim no more than the records: no
//   contact is on record.
// parameters:
//   minAttempts: Int = 1 (at least 1) -- Least number of attempts.
//   asOf: Date = today -- Only releases and attempts dated up to this day count.
// columns:
//   child: Child -- The child.
//   attemptCount: Int! -- Attempts since the latest release.
//   lastAttemptedOn: Date! -- Day of the latest attempt.
// key: child
// order: attemptCount DESC, lastAttemptedOn DESC
// severity: HIGH
// source: default; a newspaper's investigation found that HHS could not reach a third of children after placement.
// example: { childrenNeverReached(minAttempts: 3, first: 20) {
//     totalCount
//     nodes { attemptCount lastAttemptedOn child { id currentAddress { street city } phones { nodes { number } } } }
//   } }
// scans:
//   Child -- Attempts are counted by degree, so that children with too few are not looked into.

MATCH (child:Child)
WHERE COUNT { (child)-[:HAS_CONTACT]->() } >= $minAttempts
MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn <= $asOf
WITH child, max(placement.releasedOn) AS releasedOn
MATCH (child)-[:HAS_CONTACT]->(contact)
WHERE releasedOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
WITH
  child,
  count(DISTINCT contact) AS attemptCount,
  count(CASE WHEN contact.outcome = 'REACHED' THEN 1 END) AS reachedCount,
  max(contact.attemptedOn) AS lastAttemptedOn
WHERE reachedCount = 0 AND attemptCount >= $minAttempts
RETURN child, attemptCount, lastAttemptedOn
