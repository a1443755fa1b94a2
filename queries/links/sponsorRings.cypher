// name: sponsorRings
// title: Rings of sponsors
// question: Which groups of sponsors are joined, one to the next, by addresses and telephone numbers that they share?
//   A sponsor has an address by a report that began up to the day asked about and had not ended before it, or by a
//   release there up to that day. Telephone numbers have no days and always count. What is shared more often than
//   the greatest number asked for, on all days together, joins nobody: the address of a shelter, the telephone of a
//   switchboard. Families share homes and telephones too; that sponsors are joined says nothing about them.
// parameters:
//   minSponsors: Int = 3 (at least 2) -- Least number of sponsors.
//   maxSharing: Int = 40 (at least 2) -- Most reports, releases and owners of an address or a number that joins anyone.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   ring: String! -- The least key among its sponsors, which no other ring has.
//   sponsor: Sponsor -- The sponsor with that key.
//   sponsorCount: Int! -- Sponsors in the ring.
//   childCount: Int! -- Children released to them.
//   addressCount: Int! -- Addresses that several of them share.
//   phoneCount: Int! -- Telephone numbers that several of them share.
// key: ring
// order: sponsorCount DESC, childCount DESC
// severity: MEDIUM
// source: default
// example: { sponsorRings(minSponsors: 4, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount addressCount phoneCount sponsor { id lastName } }
//   } }
// scans:
//   Address -- Links are counted by degree, so that addresses that no two share are not looked into.
//   Phone -- The same, for telephone numbers.

CALL () {
  MATCH (address:Address)
  WHERE COUNT { (address)<-[:RESIDES_AT]-() } + COUNT { (address)<-[:RELEASED_TO]-() } > 1
    AND COUNT { (address)<-[:RESIDES_AT|RELEASED_TO|HAS_PHONE]-() } <= $maxSharing
  RETURN address AS shared
  UNION ALL
  MATCH (phone:Phone)
  WHERE COUNT { (phone)<-[:HAS_PHONE]-() } > 1 AND COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxSharing
  RETURN phone AS shared
}
WITH shared, COLLECT {
  MATCH (shared)<-[report:RESIDES_AT]-(sharer:Sponsor)
  WHERE report.since <= $asOf AND (report.until IS NULL OR report.until >= $asOf)
  RETURN sharer
  UNION
  MATCH (shared)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sharer)
  WHERE placement.releasedOn <= $asOf
  RETURN sharer
  UNION
  MATCH (shared)<-[:HAS_PHONE]-(sharer:Sponsor)
  RETURN sharer
} AS sharers
WHERE size(sharers) > 1
WITH collect([shared, sharers]) AS found
// Each sponsor is a ring at first. Then, as long as something is in several rings, each ring becomes one with the least
// of those that it shares anything with. The last of all rings is gone with each turn, so there are no more turns than
// sponsors; a few are enough unless a long chain happens to be in the order of its keys.
WITH found, COLLECT {
  UNWIND range(0, size(found) - 1) AS place
  UNWIND found[place][1] AS sharer
  RETURN [sharer.key, place]
} AS apart
WITH found, reduce(rings = apart, turn IN range(1, size(apart)) |
  CASE WHEN size(rings) = size(found) THEN rings ELSE COLLECT {
    UNWIND rings AS pair
    WITH pair[1] AS place, min(pair[0]) AS least, collect(pair[0]) AS those
    UNWIND those AS ring
    WITH ring, min(least) AS least, collect(place) AS places
    UNWIND places AS place
    RETURN DISTINCT [least, place] AS pair
  } END
) AS rings
UNWIND rings AS pair
WITH pair[0] AS ring, collect(found[pair[1]]) AS joined
CALL (joined) {
  UNWIND joined AS one
  UNWIND one[1] AS sharer
  RETURN collect(DISTINCT sharer) AS sponsors
}
WITH ring, joined, sponsors
WHERE size(sponsors) >= $minSponsors
RETURN
  ring,
  [sponsor IN sponsors WHERE sponsor.key = ring][0] AS sponsor,
  size(sponsors) AS sponsorCount,
  COUNT {
    UNWIND sponsors AS member
    MATCH (member)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
    WHERE placement.releasedOn <= $asOf
    RETURN DISTINCT child
  } AS childCount,
  size([one IN joined WHERE one[0]:Address]) AS addressCount,
  size([one IN joined WHERE one[0]:Phone]) AS phoneCount
