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
CALL (shared) {
  CALL (shared) {
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
  }
  RETURN collect(sharer) AS sharers, min(sharer.key) AS least
}
WITH sharers, least
WHERE size(sharers) > 1
// A ring is looked for from its sponsor of the least key alone, who is the least wherever something is shared, and
// given up where a lesser one is reached.
UNWIND sharers AS sponsor
WITH sponsor, min(least) AS ring
WHERE ring = sponsor.key
CALL (sponsor, ring) {
  MATCH ANY (sponsor) ((one)-[link:RESIDES_AT|RELEASED_TO|WITH_SPONSOR|HAS_PHONE]-(other)
    WHERE (NOT one:Sponsor OR one.key >= ring)
      AND (type(link) <> 'RESIDES_AT' OR (link.since <= $asOf AND (link.until IS NULL OR link.until >= $asOf)))
      AND (other:Sponsor OR (other:Placement AND other.releasedOn <= $asOf)
        OR ((other:Address OR other:Phone)
          AND COUNT { (other)<-[:RESIDES_AT|RELEASED_TO|HAS_PHONE]-() } <= $maxSharing)))+ (reached)
  RETURN collect(reached) AS joined
}
WITH sponsor, ring, joined, [node IN joined WHERE node:Sponsor AND node <> sponsor] + [sponsor] AS sponsors
WHERE size(sponsors) >= $minSponsors AND ALL(node IN sponsors WHERE node.key >= ring)
CALL (joined, sponsors) {
  UNWIND joined AS shared
  WITH shared, sponsors
  WHERE shared:Address OR shared:Phone
  // Who shares it is found as above.
  WITH shared, COUNT {
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
  WHERE sharers > 1
  RETURN collect(shared) AS things
}
RETURN
  ring,
  sponsor,
  size(sponsors) AS sponsorCount,
  COUNT {
    UNWIND sponsors AS member
    MATCH (member)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
    WHERE placement.releasedOn <= $asOf
    RETURN DISTINCT child
  } AS childCount,
  size([thing IN things WHERE thing:Address]) AS addressCount,
  size([thing IN things WHERE thing:Phone]) AS phoneCount
