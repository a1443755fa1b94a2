// name: courtsFarFromChildren
// title: Courts far from the children whose cases they hear
// question: Which children have a case before a court far from where they live, and no change of venue? A row is a
//   child, an open case and the court before which it is, when the middle of the child's postal area is at least
//   minKilometers kilometers from the nearest of the areas for which the court is responsible. Where the child lives is
//   the latest to begin of the reports of where it resides that had not ended, and its latest release if that had not
//   ended; a last day still counts, and an end before the release does not. If several began on that day, the nearest
//   counts. A court is near every area for which it is responsible. Of two releases on one day, the later key is the
//   latest. A postal area is that of the address, else the one on record for the release. A change of venue, ordered in
//   the case on that first day or later, answers for it. A case is open once it has been opened, while its status is
//   pending, whatever an earlier closing day says, or while its closing day is after the day asked about.
// parameters:
//   minKilometers: Int = 200 (at least 1, at most 20000) (keeps kilometers >= it) -- Minimum distance, in kilometers as
//     the crow flies.
//   asOf: Date = today -- Only cases, orders, reports and releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   courtCase: CourtCase -- The open case.
//   court: Agency -- The court before which it is.
//   kilometers: Int! -- The distance, in whole kilometers.
//   placeSince: Date! of RESIDES_AT.since or Placement.releasedOn -- First day where the child lives.
// key: child, courtCase, court
// order: kilometers DESC
// severity: MEDIUM
// source: default
// rules:
//   8 CFR 1003.20(b) (secondary) -- A judge may change the venue for good cause, when one of the parties moves for it;
//     a new address alone moves no case. Reported by legalclarity.org and EOIR's practice manual, 5.10(c).
// omits: Cases and courts without the places that a distance needs: a court with no area on record, or a child whose
//   postal area has no position. Moves that only a sponsor's reports tell of, and hearings held by video.
// example: { courtsFarFromChildren(minKilometers: 500, first: 20) {
//     totalCount
//     nodes { kilometers placeSince court { code name } child { id currentAddress { city state } } }
//   } }

// The key is named because the index holds it after the day.
MATCH (courtCase:CourtCase)
WHERE courtCase.openedOn <= $asOf AND courtCase.key IS NOT NULL
  AND (courtCase.status = 'PENDING' OR courtCase.closedOn > $asOf)
MATCH (courtCase)-[:VENUED_AT]->(court)
WITH DISTINCT courtCase, court
MATCH (courtCase)<-[:RESPONDENT_IN]-(child)
WITH DISTINCT child, courtCase, court
CALL (child) {
  MATCH (child)-[report:RESIDES_AT]->(address)
  WHERE report.since <= $asOf AND coalesce(report.until >= $asOf, true)
  OPTIONAL MATCH (address)-[:IN_AREA]->(area)
  RETURN report.since AS since, area
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $asOf
  WITH max([placement.releasedOn, placement.key, placement])[2] AS latest
  WHERE coalesce(NOT latest.releasedOn <= latest.endedOn < $asOf, true)
  OPTIONAL MATCH (latest)-[:RELEASED_TO]->(address)-[:IN_AREA]->(near)
  OPTIONAL MATCH (latest)-[:RELEASED_IN]->(around)
  RETURN latest.releasedOn AS since, coalesce(near, around) AS area
}
WITH child, courtCase, court, max(since) AS placeSince, collect([since, area]) AS places
WHERE NOT EXISTS {
  MATCH (courtCase)-[:HAS_HEARING]->()-[:RESULTED_IN]->(moving)
  WHERE moving.kind = 'CHANGE_OF_VENUE' AND placeSince <= moving.issuedOn AND moving.issuedOn <= $asOf
}
WITH child, courtCase, court, placeSince, [place IN places WHERE place[0] = placeSince | place[1]] AS areas
WHERE NONE(area IN areas WHERE EXISTS { (court)-[:RESPONSIBLE_FOR]->(area) })
UNWIND areas AS area
MATCH (court)-[:RESPONSIBLE_FOR]->(near)
WITH child, courtCase, court, placeSince, min(point.distance(area.location, near.location)) AS meters
WHERE meters >= 1000.0 * $minKilometers
RETURN child, courtCase, court, toInteger(meters / 1000) AS kilometers, placeSince
