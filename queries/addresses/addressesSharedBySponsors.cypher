// name: addressesSharedBySponsors
// title: Addresses shared by sponsors
// question: At which addresses do several sponsors reside, or had children released to them there? A sponsor resides at
//   an address by a report that began up to the day asked about and had not ended before it; a report without a first
//   day does not count. A release counts when it is dated up to that day, whether or not the placement has ended.
// parameters:
//   minSponsors: Int = 3 (at least 1) -- Least number of sponsors.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   address: Address -- The address.
//   sponsorCount: Int! -- Sponsors who reside there or to whom a child was released there.
//   childCount: Int! -- Children released there.
// key: address
// order: sponsorCount DESC
// severity: HIGH
// source: default
// example: { addressesSharedBySponsors(minSponsors: 4, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount address { id street unit city state sponsors { nodes { id lastName } } } }
//   } }
// scans:
//   Address -- Reports and releases are counted by degree, so that addresses with too few are not looked into.

MATCH (address:Address)
WHERE COUNT { (address)<-[:RESIDES_AT]-() } + COUNT { (address)<-[:RELEASED_TO]-() } >= $minSponsors
WITH address, COUNT {
  MATCH (address)<-[residence:RESIDES_AT]-(sponsor:Sponsor)
  WHERE residence.since <= $asOf AND (residence.until IS NULL OR residence.until >= $asOf)
  RETURN sponsor
  UNION
  MATCH (address)<-[:RELEASED_TO]-(placement)-[:WITH_SPONSOR]->(sponsor)
  WHERE placement.releasedOn <= $asOf
  RETURN sponsor
} AS sponsorCount
WHERE sponsorCount >= $minSponsors
RETURN address, sponsorCount, COUNT {
  MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
