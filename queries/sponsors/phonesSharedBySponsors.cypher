// name: phonesSharedBySponsors
// title: Phones shared by sponsors
// question: Which telephone numbers do several sponsors have? The records do not date telephone numbers: who has one
//   counts whatever the day asked about, and only the children are counted up to it. A couple shares a number too; ask
//   for three sponsors or more to set couples aside.
// parameters:
//   minSponsors: Int = 2 (at least 1) -- Least number of sponsors.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   phone: Phone -- The telephone number.
//   sponsorCount: Int! -- Sponsors who have it.
//   childCount: Int! -- Children released to these sponsors.
// key: phone
// order: sponsorCount DESC, childCount DESC
// severity: MEDIUM
// source: default
// example: { phonesSharedBySponsors(minSponsors: 3, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount phone { id number sponsors { nodes { id lastName } } } }
//   } }
// scans:
//   Phone -- Those who have a number are counted by degree, so that the numbers of one are not looked into.

MATCH (phone:Phone)
WHERE COUNT { (phone)<-[:HAS_PHONE]-() } >= $minSponsors
WITH phone, COUNT {
  MATCH (phone)<-[:HAS_PHONE]-(sponsor:Sponsor)
  RETURN DISTINCT sponsor
} AS sponsorCount
WHERE sponsorCount >= $minSponsors
RETURN phone, sponsorCount, COUNT {
  MATCH (phone)<-[:HAS_PHONE]-(:Sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
