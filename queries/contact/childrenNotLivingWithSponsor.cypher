// name: childrenNotLivingWithSponsor
// title: Children found not to live with their sponsor
// question: Which children were found not to live with their sponsor, with no follow-up since? A row is a child and the
//   earliest attempt that found so after which none of the following came on a later day: an attempt that found the
//   child with the sponsor; one that reached the child, or somebody who is not named, and does not say where the child
//   lives; a release of the child. Another attempt that found the same is no follow-up. The words claim no more than
//   the records: the location is unverified.
// parameters:
//   minDays: Int = 7 (at least 1, at most 36500) (keeps daysSinceFound >= it) -- Minimum number of days since it was
//     found.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only attempts and releases dated up to this day count; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   contactAttempt: ContactAttempt! -- The earliest attempt that found so, without follow-up.
//   foundOn: Date! of ContactAttempt.attemptedOn -- Day of that attempt.
//   daysSinceFound: Int! -- Days from then to the day asked about.
// key: child
// order: daysSinceFound DESC
// severity: HIGH
// source: default
// omits: Undated attempts, and attempts that do not say where the child lives: unknown is not no.
// example: { childrenNotLivingWithSponsor(first: 20) {
//     totalCount
//     nodes { daysSinceFound foundOn contactAttempt { kind } child { id currentAddress { street city } } }
//   } }
// scans:
//   ContactAttempt -- No index holds whether the child was found with the sponsor.

MATCH (finding:ContactAttempt)
WHERE NOT finding.childWithSponsor AND finding.attemptedOn <= $asOf - duration({days: $minDays})
MATCH (finding)<-[:HAS_CONTACT]-(child)
WHERE ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE finding.attemptedOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
      AND coalesce(
        contact.childWithSponsor,
        contact.outcome = 'REACHED' AND coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
      )
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE finding.attemptedOn < release.releasedOn AND release.releasedOn <= $asOf
  }
// The smallest list is that of the earliest attempt; of two on a day, the one whose key comes first.
WITH child, min([finding.attemptedOn, finding.key, finding])[2] AS contactAttempt
RETURN
  child,
  contactAttempt,
  contactAttempt.attemptedOn AS foundOn,
  duration.inDays(contactAttempt.attemptedOn, $asOf).days AS daysSinceFound
