// name: peopleLinkedToPerson
// title: The people around a person
// question: Which children and sponsors is a person linked to by placements, siblings, addresses and telephone numbers,
//   and by how many links? Which links count, when a shared address or number joins people, and what is not passed
//   through: see shortestChainBetweenPeople. That two people are linked is no claim that they know each other.
// parameters:
//   person: String! (key of Child or Sponsor) -- The key of a child or a sponsor.
//   maxLinks: Int = 4 (at least 1) -- Maximum number of links between them; no more than six are ever followed.
//   maxDegree: Int = 100 (at least 2) -- A chain passes through no person or placement with more such links than this,
//     over all time.
//   maxSharing: Int = 40 (at least 2) -- A chain passes through no address or number with more such links than this,
//     over all time.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   linked: String! of Child.key or Sponsor.key -- Key of the child or the sponsor.
//   kind: String! -- Whether it is a Child or a Sponsor.
//   linkCount: Int! -- Links of the shortest chain between the two.
//   child: Child -- The child.
//   sponsor: Sponsor -- The sponsor.
// key: linked, kind
// order: linkCount
// severity: LOW
// source: default
// omits: People reached only through addresses that name no home (blank, undeliverable, or lacking the unit), shelters,
//   hotels and mailboxes, through what has more links than maxDegree or maxSharing, or through an address or a number
//   that people had one after another.
// example: { peopleLinkedToPerson(person: "syn-child-000100001", first: 20) {
//     totalCount
//     nodes { linkCount child { id lastName } sponsor { id lastName } }
//   } }

CALL () {
  MATCH (found:Child {key: $person})
  WHERE coalesce(found.transferredOn, found.enteredOn, $asOf) <= $asOf
  RETURN found AS start
  UNION
  MATCH (found:Sponsor {key: $person})
  RETURN found AS start
}
WITH start
ORDER BY start:Sponsor
LIMIT 1
// What is found link by link: each node, how many links lead there, and at an address or a number the time of the last.
WITH start, reduce(
  found = [[start, 0, null, []]],
  turn IN range(1, CASE WHEN $maxLinks < 6 THEN $maxLinks ELSE 6 END) | found + COLLECT {
    WITH [one IN found WHERE one[2] IS NULL | one[0]] AS seen
    UNWIND [one IN found WHERE one[1] = turn - 1] AS last
    WITH seen, last, last[0] AS one
    WHERE one = start OR COUNT {
      (one)-[:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-()
    } <= CASE WHEN one:Address OR one:Phone THEN $maxSharing ELSE $maxDegree END
    MATCH (one)-[link:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-(other)
    WHERE NOT other IN seen
      AND (NOT other:Placement OR other.releasedOn <= $asOf)
      AND (NOT other:Child OR coalesce(other.transferredOn, other.enteredOn, $asOf) <= $asOf)
      AND (NOT other:Address OR coalesce(NOT other.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true))
      AND (NOT other:Address OR coalesce(NOT other.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true))
    WITH *, startNode(link) AS who, endNode(link) AS place
    WITH *, CASE type(link)
      WHEN 'RESIDES_AT' THEN link.since
      WHEN 'HAS_PHONE' THEN coalesce(link.since, date('0001-01-01'))
      WHEN 'RELEASED_TO' THEN who.releasedOn
    END AS since
    WHERE coalesce(since <= $asOf AND coalesce(since <= link.until, true), type(link) <> 'RESIDES_AT')
    WITH *, [day IN [link.until, who.endedOn] + COLLECT {
      MATCH (who)<-[:HAS_PLACEMENT]-()-[:HAS_PLACEMENT]->(next)
      WHERE since < next.releasedOn
      RETURN next.releasedOn AS day
      UNION
      MATCH (who)-[:WITH_SPONSOR]->()-[left:RESIDES_AT]->(place)
      WHERE left.since <= left.until
      RETURN left.until AS day
    } WHERE since <= day] AS ends
    WHERE last[2] IS NULL OR none(day IN ends WHERE day < last[2]) AND none(day IN last[3] WHERE day < since)
    RETURN DISTINCT CASE WHEN other:Address OR other:Phone
      THEN [other, turn, since, ends]
      ELSE [other, turn, null, []]
    END AS next
  }
) AS found
UNWIND found AS one
WITH start, one[0] AS reached, one[1] AS linkCount
WHERE (reached:Child OR reached:Sponsor) AND reached <> start
RETURN
  reached.key AS linked,
  CASE WHEN reached:Child THEN 'Child' ELSE 'Sponsor' END AS kind,
  linkCount,
  CASE WHEN reached:Child THEN reached END AS child,
  CASE WHEN reached:Sponsor THEN reached END AS sponsor
