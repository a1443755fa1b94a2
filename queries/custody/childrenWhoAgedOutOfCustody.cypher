// name: childrenWhoAgedOutOfCustody
// title: Children who turned 18 in custody
// question: Which children left HHS custody because they turned 18? A row is a stay in custody that ended for that
//   reason, up to the day asked about. The days after the birthday show who was held longer than the law's word "child"
//   allows, and whose discharge came before the birthday on record, so that one of the two days is wrong.
// parameters:
//   asOf: Date = today -- Only discharges dated up to this day count.
// columns:
//   child: Child -- The child.
//   custodyEpisode: CustodyEpisode -- The stay.
//   agedOutOn: Date! of CustodyEpisode.dischargedOn -- Day of the discharge.
//   daysAfterBirthday: Int -- Days from the 18th birthday to the discharge, below zero when it came before; unknown when
//     the date of birth is.
//   releasedBefore: Boolean! -- Whether the child had been released to a sponsor before the stay ended.
// key: child, custodyEpisode
// order: agedOutOn DESC
// severity: LOW
// source: default
// rules:
//   8 USC 1232(c)(2)(B) -- For one who turned 18 and goes to DHS custody, the least restrictive setting available is to
//     be considered.
// omits: Undated discharges, and children who turned 18 in custody and whose discharge is recorded for another reason.
//   All of them have grown up by then, or should have, so that they always count.
// example: { childrenWhoAgedOutOfCustody(first: 20) {
//     totalCount
//     nodes { agedOutOn daysAfterBirthday releasedBefore child { id dateOfBirth } custodyEpisode { admittedOn } }
//   } }

MATCH (custodyEpisode:CustodyEpisode)
WHERE custodyEpisode.dischargeKind = 'AGED_OUT' AND custodyEpisode.key IS NOT NULL
  AND custodyEpisode.dischargedOn <= $asOf
MATCH (custodyEpisode)<-[:HAS_EPISODE]-(child)
WITH DISTINCT
  child,
  custodyEpisode,
  custodyEpisode.dischargedOn AS agedOutOn,
  CASE
    WHEN child.dateOfBirth IS NOT NULL
      THEN date({year: child.dateOfBirth.year + 18, month: child.dateOfBirth.month, day: 1})
        + duration({days: child.dateOfBirth.day - 1})
  END AS birthday
RETURN
  child,
  custodyEpisode,
  agedOutOn,
  duration.inDays(birthday, agedOutOn).days AS daysAfterBirthday,
  EXISTS { MATCH (child)-[:HAS_PLACEMENT]->(placement) WHERE placement.releasedOn < agedOutOn } AS releasedBefore
