// name: addressesSharedBySponsors
// title: Addresses shared by sponsors
// question: Which addresses do several sponsors have at one time? A sponsor is at an address by a report that began up
//   to the day asked about and had not ended before it, from the report's first day on. A release dated up to that day
//   also puts its sponsor there: from the day of release until the placement ends, by its last day or by a later
//   release of the child, or until the last day of a report that the sponsor resides there, whichever comes first; an
//   end before the release does not count. A last day still counts as a day there, and a report without a first day, or
//   with a last day before it, does not count. The number of sponsors is the most who are there on any one day.
//   Children count as released there whether or not the placement has ended.
// parameters:
//   minSponsors: Int = 3 (at least 1) (keeps sponsorCount >= it) -- Minimum number of sponsors.
//   maxSharing: Int = 40 (at least 2) -- An address with more reports and releases than this, over all time, joins
//     nobody.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   address: Address -- The address.
//   sponsorCount: Int! -- Sponsors who are there at one time.
//   childCount: Int! -- Children released there.
//   unrelatedCount: Int! -- Of these, children released there to a family friend or an unrelated adult.
// key: address
// order: sponsorCount DESC
// severity: HIGH
// source: default
// rules:
//   90 FR 13554 (from 2025-03-25) -- Removed from 45 CFR 410.1201(b) the bar on sharing a sponsor's immigration status
//     for enforcement. What this question shows about sponsors is for the children's safety; no immigration status is
//     kept here.
// omits: Addresses that name no home (blank, undeliverable, or lacking the unit), shelters, hotels and mailboxes, and
//   addresses with more reports and releases than maxSharing, since people who share those need not know each other;
//   and sponsors who were at an address one after another.
// example: { addressesSharedBySponsors(minSponsors: 4, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount address { id street unit city state sponsors { nodes { id lastName } } } }
//   } }
// scans:
//   Address -- Reports and releases are counted by degree, so that addresses with too few are not looked into.

MATCH (address:Address)
WHERE $minSponsors <= COUNT { (address)<-[:RESIDES_AT|RELEASED_TO]-() } <= $maxSharing
  AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
  AND coalesce(NOT address.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true)
WITH address, COLLECT {
  MATCH (address)<-[report:RESIDES_AT]-(sponsor:Sponsor)
  WHERE report.since <= $asOf AND (report.until IS NULL OR report.until >= $asOf)
  RETURN [sponsor, report.since, null] AS stay
  UNION
  MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
  WHERE placement.releasedOn <= $asOf
  RETURN [sponsor, placement.releasedOn, placement] AS stay
} AS stays
WHERE size(stays) >= $minSponsors
  AND COUNT {
    UNWIND stays AS stay
    RETURN DISTINCT stay[0] AS sponsor
  } >= $minSponsors
// The most are there on a day on which one of them came.
CALL (address, stays) {
  UNWIND stays AS opening
  WITH DISTINCT opening[1] AS day
  UNWIND stays AS stay
  WITH day, stay[0] AS sponsor, stay[1] AS since, stay[2] AS placement
  WHERE since <= day
    AND coalesce(NOT since <= placement.endedOn < day, true)
    AND NOT EXISTS {
      MATCH (placement)<-[:HAS_PLACEMENT]-()-[:HAS_PLACEMENT]->(next)
      WHERE since < next.releasedOn < day
    }
    AND (placement IS NULL OR NOT EXISTS {
      MATCH (sponsor)-[left:RESIDES_AT]->(address)
      WHERE left.since <= left.until AND since <= left.until < day
    })
  WITH day, count(DISTINCT sponsor) AS sponsors
  RETURN max(sponsors) AS sponsorCount
}
WITH address, sponsorCount
WHERE sponsorCount >= $minSponsors
RETURN
  address,
  sponsorCount,
  COUNT {
    MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
    WHERE placement.releasedOn <= $asOf
    RETURN DISTINCT child
  } AS childCount,
  COUNT {
    MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
    WHERE placement.releasedOn <= $asOf AND placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED']
    RETURN DISTINCT child
  } AS unrelatedCount
