// name: employersAtSponsorAddresses
// title: Employers at addresses of sponsors
// question: Which employers are located at an address where several sponsors reside, or had children released to them
//   there? Sponsors and children of the address count as in addressesSharedBySponsors; the records do not date where an
//   employer is located.
// parameters:
//   minSponsors: Int = 2 (at least 1) -- Least number of sponsors at the address.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   employer: Employer -- The employer.
//   address: Address -- The address.
//   sponsorCount: Int! -- Sponsors who reside there or to whom a child was released there.
//   childCount: Int! -- Children released there.
// key: employer, address
// order: sponsorCount DESC, childCount DESC
// severity: HIGH
// source: default
// example: { employersAtSponsorAddresses(first: 20) {
//     totalCount
//     nodes { sponsorCount childCount employer { id name industryCode } address { id street city state } }
//   } }
// scans:
//   Employer -- Employers are few beside addresses; the address of each is told by degree.
//   LOCATED_AT -- The same, read by the link.

MATCH (employer:Employer)-[:LOCATED_AT]->(address)
WHERE COUNT { (address)<-[:RESIDES_AT]-() } + COUNT { (address)<-[:RELEASED_TO]-() } >= $minSponsors
WITH DISTINCT employer, address
WITH employer, address, COUNT {
  MATCH (address)<-[residence:RESIDES_AT]-(sponsor:Sponsor)
  WHERE residence.since <= $asOf AND (residence.until IS NULL OR residence.until >= $asOf)
  RETURN sponsor
  UNION
  MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
  WHERE placement.releasedOn <= $asOf
  RETURN sponsor
} AS sponsorCount
WHERE sponsorCount >= $minSponsors
RETURN employer, address, sponsorCount, COUNT {
  MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
