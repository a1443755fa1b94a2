// name: sponsorRings
// title: Rings of sponsors
// question: Which groups of sponsors are joined, one to the next, by addresses and telephone numbers that they have at
//   one time? A sponsor is at an address by a report that began up to the day asked about and had not ended before it,
//   from the report's first day on. A release dated up to that day also puts its sponsor there: from the day of release
//   until the placement ends, by its last day or by a later release of the child, or until the last day of a report
//   that the sponsor resides there, whichever comes first; an end before the release does not count. A last day still
//   counts as a day there, and a report without a first day, or with a last day before it, does not count. Two sponsors
//   are joined by an address when both are there on one day. A sponsor has a number on the day asked about if it had
//   become theirs by then and had not ended before it; an unknown first or last day sets no limit. Families share homes
//   and telephones too; that sponsors are joined says nothing about them.
// parameters:
//   minSponsors: Int = 3 (at least 2) -- Minimum number of sponsors.
//   maxSharing: Int = 40 (at least 2) -- An address with more reports and releases than this, or a number with more
//     owners, over all time, joins nobody; children's own reports and numbers count here too.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   ring: String! of Sponsor.key -- The first of its sponsors' keys, which no other ring has.
//   sponsor: Sponsor -- The sponsor with that key.
//   sponsorCount: Int! -- Sponsors in the ring.
//   childCount: Int! -- Children released to them.
//   addressCount: Int! -- Addresses that join several of them.
//   phoneCount: Int! -- Telephone numbers that join several of them.
// key: ring
// order: sponsorCount DESC, childCount DESC
// severity: MEDIUM
// source: default
// rules:
//   90 FR 13554 (from 2025-03-25) -- Removed from 45 CFR 410.1201(b) the bar on sharing a sponsor's immigration status
//     for enforcement. What this question shows about sponsors is for the children's safety; no immigration status is
//     kept here.
// omits: What joins nobody: addresses that name no home (blank, undeliverable, or lacking the unit), shelters, hotels
//   and mailboxes, what is shared more often than maxSharing, and addresses and numbers that sponsors had one after
//   another.
// example: { sponsorRings(minSponsors: 4, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount addressCount phoneCount sponsor { id lastName } }
//   } }
// scans:
//   Address -- Links are counted by degree, so that addresses that no two share are not looked into.
//   Phone -- The same, for telephone numbers.

CALL () {
  MATCH (address:Address)
  WHERE 1 < COUNT { (address)<-[:RESIDES_AT|RELEASED_TO]-() } <= $maxSharing
    AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
    AND coalesce(NOT address.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true)
  WITH address, COLLECT {
    MATCH (address)<-[report:RESIDES_AT]-(sharer:Sponsor)
    WHERE report.since <= $asOf AND (report.until IS NULL OR report.until >= $asOf)
    RETURN [sharer, report.since, null] AS stay
    UNION
    MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sharer)
    WHERE placement.releasedOn <= $asOf
    RETURN [sharer, placement.releasedOn, placement] AS stay
  } AS stays
  WHERE any(stay IN stays WHERE stay[0] <> stays[0][0])
  CALL (address, stays) {
    UNWIND stays AS stay
    WITH stay[0] AS sharer, stay[1] AS since, stay[2] AS placement
    WITH sharer, since, [day IN [placement.endedOn] + COLLECT {
      MATCH (placement)<-[:HAS_PLACEMENT]-()-[:HAS_PLACEMENT]->(next)
      WHERE since < next.releasedOn
      RETURN next.releasedOn AS day
      UNION
      MATCH (sharer)-[left:RESIDES_AT]->(address)
      WHERE placement IS NOT NULL AND left.since <= left.until
      RETURN left.until AS day
    } WHERE since <= day] AS ends
    // Nobody is there on the day before an opening who is still there on it: those of different openings never met.
    WITH collect([sharer, since, ends]) AS times
    WITH times, [one IN times WHERE none(other IN times WHERE
      other[1] < one[1] AND none(day IN other[2] WHERE day < one[1])) | one[1]] AS openings
    UNWIND times AS time
    UNWIND openings AS opening
    WITH time, opening
    WHERE opening <= time[1]
    WITH time, max(opening) AS opening
    WITH opening, collect(DISTINCT time[0]) AS sharers
    RETURN sharers
  }
  RETURN address AS shared, sharers
  UNION ALL
  MATCH (phone:Phone)
  WHERE 1 < COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxSharing
  RETURN phone AS shared, COLLECT {
    MATCH (phone)<-[use:HAS_PHONE]-(sharer:Sponsor)
    WHERE coalesce(use.since <= $asOf, true) AND coalesce(use.until >= $asOf, true)
    RETURN DISTINCT sharer
  } AS sharers
}
WITH shared, sharers
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
  COUNT {
    UNWIND joined AS one
    WITH one[0] AS shared
    WHERE shared:Address
    RETURN DISTINCT shared
  } AS addressCount,
  size([one IN joined WHERE one[0]:Phone]) AS phoneCount
