// name: peopleLinkedToPerson
// title: The people around a person
// question: Which children and sponsors is a person linked to by placements, siblings, addresses and telephone numbers,
//   and by how many links? The links that count, and those that nothing passes through, are those of the question about
//   the shortest chain. That two people are linked is no claim that they know each other.
// parameters:
//   person: String! -- The key of a child or a sponsor.
//   maxLinks: Int = 4 (at least 1) -- Most links between them, of which six are looked for at most.
//   maxDegree: Int = 100 (at least 2) -- Most such links of what lies between them, on all days together.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   linked: String! -- The key of the child or the sponsor.
//   kind: String! -- Whether it is a Child or a Sponsor.
//   linkCount: Int! -- Links of the shortest chain between the two.
//   child: Child -- The child.
//   sponsor: Sponsor -- The sponsor.
// key: linked, kind
// order: linkCount
// severity: LOW
// source: default
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
CALL (start) {
  MATCH path = ANY SHORTEST (start)
    ((one)-[link:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-(other)
      WHERE (type(link) <> 'RESIDES_AT' OR link.since <= $asOf)
        AND (NOT other:Placement OR other.releasedOn <= $asOf)
        AND (NOT other:Child OR coalesce(other.transferredOn, other.enteredOn, $asOf) <= $asOf)
        AND (one = start OR COUNT {
          (one)-[:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-()
        } <= $maxDegree)
        AND (other:Child OR other:Sponsor OR COUNT {
          (other)-[:HAS_PLACEMENT|WITH_SPONSOR|SIBLING_OF|RESIDES_AT|RELEASED_TO|HAS_PHONE]-()
        } <= $maxDegree)){1,6} (reached)
  WHERE (reached:Child OR reached:Sponsor) AND reached <> start
  RETURN reached, length(path) AS linkCount
}
WITH reached, linkCount
WHERE linkCount <= $maxLinks
RETURN
  reached.key AS linked,
  CASE WHEN reached:Child THEN 'Child' ELSE 'Sponsor' END AS kind,
  linkCount,
  CASE WHEN reached:Child THEN reached END AS child,
  CASE WHEN reached:Sponsor THEN reached END AS sponsor
