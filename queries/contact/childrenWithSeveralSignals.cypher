// name: childrenWithSeveralSignals
// title: Several signals on one child
// question: Which children have several signals at once? Each signal is judged without regard to the others.
//   MISSED_HEARING: a hearing missed at least minDays days ago, and since then no contact with the child, no hearing
//   attended and no release. NEVER_REACHED: sought since the latest release, and no contact with the child. CONCERN: a
//   report of concern, by the day on which it was made or, where that is unknown, received. BAD_ADDRESS: a release to
//   an address that is blank, undeliverable or lacks its unit; a release with no address at all is not one of these,
//   and releaseAddressesUnusable counts it. PLACED_AGAIN: released again on a later day. SPONSOR_OF_SEVERAL: a release
//   to a family friend or an unrelated adult to whom another child was released. NEGATIVE_HOME_STUDY: a release after a
//   study that did not recommend it and that no better one followed. NO_HOME_STUDY: a release by whose day no study was
//   completed, of a child of 12 or under to a family friend or an unrelated adult since 2015-07-27, or of a victim of
//   trafficking or abuse or a child with a disability. NOT_WITH_SPONSOR: found not to live with the sponsor, and not
//   found to live there by any later attempt. An undated release counts for NEVER_REACHED, if the child has no dated
//   one, and for BAD_ADDRESS.
// parameters:
//   minSignals: Int = 3 (at least 1, at most 9) (keeps signalCount >= it) -- Minimum number of signals.
//   minDays: Int = 30 (at least 1, at most 36500) -- Minimum number of days since a missed hearing.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only what is dated up to this day counts; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   signalCount: Int! -- Number of signals.
//   signals: String! -- Their names, in the order above, separated by a comma and a space.
// key: child
// order: signalCount DESC
// severity: HIGH
// source: default
// rules:
//   8 USC 1232(c)(3)(B) (from 2009-03-23) -- Of NO_HOME_STUDY: a study comes first for a victim of trafficking or abuse
//     and for a child with a disability.
//   45 CFR 410.1204(b) (from 2024-07-01) (secondary) -- Of NO_HOME_STUDY: also before a child of 12 or under goes to a
//     sponsor who is no relative; no report of the age was found.
//   ORR policy guide, 2.4.2 (from 2015-07-27, until 2024-06-30) (secondary) -- Of NO_HOME_STUDY: the same by policy;
//     the accreditation standards of the Council on Accreditation report it, with the words "under the age of 12".
// omits: Signals about sponsors and addresses that do not touch the child's own records. A signal counts once, however
//   often it occurs.
// example: { childrenWithSeveralSignals(minSignals: 2, first: 20) {
//     totalCount
//     nodes { signalCount signals child { id aNumber currentAddress { street city state } } }
//   } }
// scans:
//   Child -- Every child is looked at, for each signal.

MATCH (child:Child)
WHERE $includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
WITH child, COLLECT {
  MATCH (child)-[:HAS_PLACEMENT]->(release)
  WHERE release.releasedOn <= $asOf
  RETURN max(release.releasedOn)
}[0] AS lastReleasedOn
WITH child, [
  CASE WHEN EXISTS {
    MATCH (child)-[:RESPONDENT_IN|HAD_OUTCOME]->()-[:HAS_HEARING]->{0,1}(hearing:Hearing)
    WHERE hearing.scheduledOn <= $asOf - duration({days: $minDays})
      AND coalesce(lastReleasedOn <= hearing.scheduledOn, true)
      AND 'MISSED' IN COLLECT {
        OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(hearing)
        RETURN coalesce(own.outcome, hearing.outcome)
      }
      AND NOT EXISTS {
        MATCH (child)-[:HAS_CONTACT]->(contact)
        WHERE hearing.scheduledOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
          AND contact.outcome = 'REACHED'
          AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
            OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
      }
      AND NOT EXISTS {
        MATCH (child)-[:RESPONDENT_IN|HAD_OUTCOME]->()-[:HAS_HEARING]->{0,1}(later:Hearing)
        WHERE hearing.scheduledOn < later.scheduledOn AND later.scheduledOn <= $asOf
        OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(later)
        WITH later, collect(coalesce(own.outcome, later.outcome)) AS outcomes
        WHERE 'ATTENDED' IN outcomes AND NOT 'MISSED' IN outcomes
        RETURN later
      }
  } THEN 'MISSED_HEARING' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE coalesce(release.releasedOn <= $asOf, true)
  } AND EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE contact.attemptedOn <= $asOf AND coalesce(lastReleasedOn < contact.attemptedOn, true)
  } AND NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE contact.attemptedOn <= $asOf AND coalesce(lastReleasedOn < contact.attemptedOn, true)
      AND contact.outcome = 'REACHED'
      AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
        OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
  } THEN 'NEVER_REACHED' END,
  CASE WHEN EXISTS {
    MATCH (child)<-[:CONCERNS]-(report)
    WHERE coalesce(report.reportedOn, report.receivedOn) <= $asOf
  } THEN 'CONCERN' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)-[:RELEASED_TO]->(address)
    WHERE coalesce(release.releasedOn <= $asOf, true)
      AND address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']
  } THEN 'BAD_ADDRESS' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE release.releasedOn < lastReleasedOn
  } THEN 'PLACED_AGAIN' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)-[:WITH_SPONSOR]->(sponsor)
    WHERE release.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] AND release.releasedOn <= $asOf
    MATCH (sponsor)<-[:WITH_SPONSOR]-(other)<-[:HAS_PLACEMENT]-(another)
    WHERE another <> child AND other.releasedOn <= $asOf
  } THEN 'SPONSOR_OF_SEVERAL' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)-[:HAS_HOME_STUDY]->(study)
    WHERE study.recommendation = 'NEGATIVE'
      AND study.completedOn <= release.releasedOn AND release.releasedOn <= $asOf
      AND NOT EXISTS {
        MATCH (release)-[:HAS_HOME_STUDY]->(better)
        WHERE better.recommendation IN ['POSITIVE', 'CONDITIONAL']
          AND study.completedOn < better.completedOn AND better.completedOn <= release.releasedOn
      }
  } THEN 'NEGATIVE_HOME_STUDY' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE release.releasedOn <= $asOf
      AND (child.traffickingVictim OR child.disability OR child.abuseVictim
        OR release.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] AND release.releasedOn >= date('2015-07-27')
          AND child.dateOfBirth > release.releasedOn - duration({years: 13}))
      AND NOT EXISTS {
        MATCH (release)-[:HAS_HOME_STUDY]->(study)
        WHERE study.completedOn <= release.releasedOn
      }
  } THEN 'NO_HOME_STUDY' END,
  CASE WHEN EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE NOT contact.childWithSponsor AND contact.attemptedOn <= $asOf
      AND NOT EXISTS {
        MATCH (child)-[:HAS_CONTACT]->(again)
        WHERE again.childWithSponsor AND contact.attemptedOn < again.attemptedOn AND again.attemptedOn <= $asOf
      }
  } THEN 'NOT_WITH_SPONSOR' END
] AS found
WITH child, [signal IN found WHERE signal IS NOT NULL] AS told
WHERE size(told) >= $minSignals
RETURN
  child,
  size(told) AS signalCount,
  reduce(text = head(told), signal IN tail(told) | text + ', ' + signal) AS signals
