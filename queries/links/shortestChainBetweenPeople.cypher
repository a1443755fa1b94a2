// name: shortestChainBetweenPeople
// title: The shortest chain of links between two people
// question: How are two people linked: by which shortest chain of placements, siblings, addresses and telephone
//   numbers? Each row is one step of it. A placement counts from the day of release, a child from the day of its
//   transfer to HHS, or of its entry; links between siblings are not dated and always count. An address or a number
//   joins those who had it at one time, up to the day asked about: someone is at an address from the first to the last
//   day of a report; a placement is at the address of the release from the day of release until it ends, by its last
//   day or by a later release of the child, or until the last day of a report that its sponsor resides there, whichever
//   comes first; a number is someone's from its first to its last day, and an unknown day sets no limit. What has ended
//   still counts. A report without a first day does not count, nor does a report or a number that ended before it
//   began; a placement's end before its release says nothing. A chain may come to one address twice, through someone
//   who was there with others at two different times. It passes through no person and no placement with more such links
//   than maxDegree, and through no address and no number with more than maxSharing. If there are several shortest
//   chains, the one whose keys, in its order, come first is shown. A chain is no claim that people know each other.
// parameters:
//   from: String! (key of Child or Sponsor) -- The key of a child or a sponsor.
//   to: String! (key of Child or Sponsor) -- The key of another one.
//   maxLinks: Int = 8 (at least 1) -- Maximum number of links in the chain; no more than twelve are ever followed.
//   maxDegree: Int = 100 (at least 2) -- A chain passes through no person or placement with more such links than this,
//     over all time.
//   maxSharing: Int = 40 (at least 2) -- A chain passes through no address or number with more such links than this,
//     over all time.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   position: Int! -- Links from the first person.
//   link: String -- The relationship that leads here from the previous row.
//   child: Child -- The child at this step.
//   sponsor: Sponsor -- The sponsor at this step.
//   placement: Placement -- The placement at this step.
//   address: Address -- The address at this step.
//   phone: Phone -- The telephone number at this step.
// key: position
// order: position
// severity: LOW
// source: default
// omits: Chains through addresses that name no home (blank, undeliverable, or lacking the unit), shelters, hotels and
//   mailboxes, through what has more links than maxDegree or maxSharing, and through an address or a number that people
//   had one after another.
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
// What is found link by link: each node, how many links lead there, at an address or a number the time of the last, and
// of the chains that lead there the one that comes first. A link that is there twice makes no second chain.
WITH goal, reduce(
  found = [[start, 0, null, [], [[start.key], [], [start]]]],
  turn IN range(1, CASE WHEN $maxLinks < 12 THEN $maxLinks ELSE 12 END) |
  CASE WHEN any(one IN found WHERE one[0] = goal) THEN found ELSE found + COLLECT {
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
    WITH
      other,
      CASE WHEN other:Address OR other:Phone THEN [since, ends] ELSE [null, []] END AS time,
      min([last[4][0] + other.key, last[4][1] + type(link), last[4][2] + other]) AS chain
    RETURN [other, turn, time[0], time[1], chain] AS next
  } END
) AS found
UNWIND [one IN found WHERE one[0] = goal] AS last
WITH last[4][1] AS links, last[4][2] AS stops
UNWIND range(0, size(links)) AS position
WITH position, stops[position] AS stop, CASE WHEN position > 0 THEN links[position - 1] END AS link
RETURN
  position,
  link,
  CASE WHEN stop:Child THEN stop END AS child,
  CASE WHEN stop:Sponsor THEN stop END AS sponsor,
  CASE WHEN stop:Placement THEN stop END AS placement,
  CASE WHEN stop:Address THEN stop END AS address,
  CASE WHEN stop:Phone THEN stop END AS phone
