// name: shortestChainBetweenPeople
// title: The shortest chain of links between two people
// question: How are two people linked: by which shortest chain of placements, siblings, addresses and telephone
//   numbers? Each row is one step of it. A report of where someone resides counts from its first day on, and goes on
//   counting after its last; a placement counts from the day of release, a child from the day of its transfer to HHS,
//   or of its entry. Siblings and telephone numbers have no days and always count. A chain passes through nothing with
//   more such links than the greatest number asked for, such as the address of a shelter. Of several shortest chains,
//   of which a thousand are looked at, the one with the least keys is shown. A chain is no claim that people know each
//   other.
// parameters:
//   from: String! -- The key of a child or a sponsor.
//   to: String! -- The key of another one.
//   maxLinks: Int = 8 (at least 1) -- Most links in the chain, of which twelve are looked for at most.
//   maxDegree: Int = 100 (at least 2) -- Most such links of what the chain passes through, on all days together.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   position: Int! -- Links from the first person.
//   link: String -- The relationship that leads here from the row before.
//   child: Child -- The child who stands here.
//   sponsor: Sponsor -- The sponsor who stands here.
//   placement: Placement -- The placement that stands here.
//   address: Address -- The address that stands here.
//   phone: Phone -- The telephone number that stands here.
// key: position
// order: position
// severity: LOW
// source: default
// example: { shortestChainBetweenPeople(from: "syn-child-000100001", to: "syn-child-000100006") {
//     nodes { position link child { id lastName } sponsor { id lastName } address { street city } phone { number } }
//   } }

CALL () {
  MATCH (person:Child {key: $from})
  WHERE coalesce(person.transferredOn, person.enteredOn, $asOf) <= $asOf
  RETURN person AS start
  UNION
  MATCH (person:Sponsor {key: $from})
  RETURN person AS start
}
WITH start
ORDER BY start:Sponsor
LIMIT 1
CALL (start) {
  MATCH (person:Child {key: $to})
  WHERE person <> start AND coalesce(person.transferredOn, person.enteredOn, $asOf) <= $asOf
  RETURN person AS goal
  UNION
  MATCH (person:Sponsor {key: $to})
  WHERE person <> start
  RETURN person AS goal
}
WITH start, goal
ORDER BY goal:Sponsor
LIMIT 1
CALL (start, goal) {
  MATCH path = ALL SHORTEST (start)
    ((one)-[link:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-(other)
      WHERE (type(link) <> 'RESIDES_AT' OR link.since <= $asOf)
        AND (NOT other:Placement OR other.releasedOn <= $asOf)
        AND (NOT other:Child OR coalesce(other.transferredOn, other.enteredOn, $asOf) <= $asOf)
        AND (other = goal OR COUNT {
          (other)-[:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-()
        } <= $maxDegree)){1,12} (goal)
  WITH path
  LIMIT 1000
  WITH nodes(path) AS stops, relationships(path) AS links
  RETURN stops, links
  ORDER BY [stop IN stops | stop.key], [link IN links | link.key]
  LIMIT 1
}
WITH stops, links
WHERE size(links) <= $maxLinks
UNWIND range(0, size(links)) AS position
WITH position, stops[position] AS stop, CASE WHEN position > 0 THEN type(links[position - 1]) END AS link
RETURN
  position,
  link,
  CASE WHEN stop:Child THEN stop END AS child,
  CASE WHEN stop:Sponsor THEN stop END AS sponsor,
  CASE WHEN stop:Placement THEN stop END AS placement,
  CASE WHEN stop:Address THEN stop END AS address,
  CASE WHEN stop:Phone THEN stop END AS phone
