// name: employersAtSponsorAddresses
// title: Employers at addresses of sponsors
// question: Which employers are located at an address that several sponsors have at one time? Sponsors and children of
//   the address are counted as in addressesSharedBySponsors; the records do not date where an employer is located, and
//   a place of business counts like a home.
// parameters:
//   minSponsors: Int = 2 (at least 1) (keeps sponsorCount >= it) -- Minimum number of sponsors at the address.
//   maxSharing: Int = 40 (at least 2) -- An address with more reports and releases than this, over all time, joins
//     nobody.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   employer: Employer -- The employer.
//   address: Address -- The address.
//   sponsorCount: Int! -- Sponsors who are there at one time.
//   childCount: Int! -- Children released there.
// key: employer, address
// order: sponsorCount DESC, childCount DESC
// severity: HIGH
// source: default
// omits: Addresses that name no home (blank, undeliverable, or lacking the unit), shelters, hotels and mailboxes, and
//   addresses with more reports and releases than maxSharing; and sponsors who were at an address one after another.
// example: { employersAtSponsorAddresses(first: 20) {
//     totalCount
//     nodes { sponsorCount childCount employer { id name industryCode } address { id street city state } }
//   } }
// scans:
//   Employer -- Employers are few beside addresses; the address of each is told by degree.
//   LOCATED_AT -- The same, read by the link.

MATCH (employer:Employer)-[:LOCATED_AT]->(address)
WHERE $minSponsors <= COUNT { (address)<-[:RESIDES_AT|RELEASED_TO]-() } <= $maxSharing
  AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
  AND coalesce(NOT address.kind IN ['SHELTER', 'HOTEL', 'MAILBOX'], true)
WITH DISTINCT employer, address
WITH employer, address, COLLECT {
  MATCH (address)<-[report:RESIDES_AT]-(sponsor:Sponsor)
  WHERE report.since <= $asOf AND (report.until IS NULL OR report.until >= $asOf)
  RETURN [sponsor, report.since, null] AS stay
  UNION
  MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
  WHERE placement.releasedOn <= $asOf
  RETURN [sponsor, placement.releasedOn, placement] AS stay
} AS stays
WHERE size(stays) >= $minSponsors
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
WITH employer, address, sponsorCount
WHERE sponsorCount >= $minSponsors
RETURN employer, address, sponsorCount, COUNT {
  MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
