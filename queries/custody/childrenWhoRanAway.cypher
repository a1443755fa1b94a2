// name: childrenWhoRanAway
// title: Children who ran away from custody and have not been seen since
// question: Which children left HHS custody without leave, with no record of anybody having seen them since? A row is a
//   child whose latest such departure was followed by no contact with the child, no hearing that it attended and no
//   release on a later day, and by no other stay in custody on that day or later. Contact with the child is an attempt
//   that reached the child, alone or with the sponsor, or somebody who is not named, or a home visit or wellness check
//   that found the child with a sponsor. The words claim no more than the records: the location is unverified.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only what is dated up to this day counts; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   custodyEpisode: CustodyEpisode! -- The stay in custody that ended this way.
//   ranAwayOn: Date! of CustodyEpisode.dischargedOn -- Day on which it ended.
//   daysSinceRanAway: Int! -- Days from then to the day asked about.
// key: child
// order: daysSinceRanAway DESC
// severity: HIGH
// source: default
// omits: Undated departures. Children who left a sponsor's home are the subject of childrenNotLivingWithSponsor.
// example: { childrenWhoRanAway(first: 20) {
//     totalCount
//     nodes { daysSinceRanAway ranAwayOn child { id aNumber } }
//   } }

// The key is named because the index holds it after the kind.
MATCH (episode:CustodyEpisode)
WHERE episode.dischargeKind = 'RAN_AWAY' AND episode.key IS NOT NULL AND episode.dischargedOn <= $asOf
MATCH (episode)<-[:HAS_EPISODE]-(child)
WHERE ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(contact)
    WHERE contact.outcome = 'REACHED'
      AND (coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
        OR contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
      AND episode.dischargedOn < contact.attemptedOn AND contact.attemptedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:RESPONDENT_IN|HAD_OUTCOME]->()-[:HAS_HEARING]->{0,1}(hearing:Hearing)
    WHERE episode.dischargedOn < hearing.scheduledOn AND hearing.scheduledOn <= $asOf
    OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(hearing)
    WITH hearing, collect(coalesce(own.outcome, hearing.outcome)) AS outcomes
    WHERE 'ATTENDED' IN outcomes AND NOT 'MISSED' IN outcomes
    RETURN hearing
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(release)
    WHERE episode.dischargedOn < release.releasedOn AND release.releasedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_EPISODE]->(other)
    WHERE other <> episode
      AND episode.dischargedOn <= coalesce(other.apprehendedOn, other.transferredOn, other.admittedOn)
      AND coalesce(other.apprehendedOn, other.transferredOn, other.admittedOn) <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_EPISODE]->(again)
    WHERE again.dischargeKind = 'RAN_AWAY'
      AND episode.dischargedOn < again.dischargedOn AND again.dischargedOn <= $asOf
  }
// The greatest list is that of the latest departure; of two on a day, the one whose key comes last.
WITH child, max([episode.dischargedOn, episode.key, episode])[2] AS custodyEpisode
RETURN
  child,
  custodyEpisode,
  custodyEpisode.dischargedOn AS ranAwayOn,
  duration.inDays(custodyEpisode.dischargedOn, $asOf).days AS daysSinceRanAway
