// name: phonesSharedBySponsors
// title: Phones shared by sponsors
// question: Which telephone numbers do several sponsors have at one time? A sponsor has a number on the day asked about
//   if it had become theirs by then and had not ended before it; an unknown first or last day sets no limit. Couples
//   share numbers too; ask for three sponsors or more to set them aside.
// parameters:
//   minSponsors: Int = 2 (at least 1) (keeps sponsorCount >= it) -- Minimum number of sponsors.
//   maxSharing: Int = 40 (at least 2) -- A number with more owners than this, over all time and counting children,
//     joins nobody; whoever had it twice counts twice.
//   asOf: Date = today -- The day on which the number is theirs; only releases dated up to this day count.
// columns:
//   phone: Phone -- The telephone number.
//   sponsorCount: Int! -- Sponsors who have it.
//   childCount: Int! -- Children released to these sponsors.
// key: phone
// order: sponsorCount DESC, childCount DESC
// severity: MEDIUM
// source: default
// rules:
//   90 FR 13554 (from 2025-03-25) -- Removed from 45 CFR 410.1201(b) the bar on sharing a sponsor's immigration status
//     for enforcement. What this question shows about sponsors is for the children's safety; no immigration status is
//     kept here.
// omits: Numbers with more owners than maxSharing, such as a switchboard, and owners who had a number one after another
//   when it changed hands.
// example: { phonesSharedBySponsors(minSponsors: 3, first: 20) {
//     totalCount
//     nodes { sponsorCount childCount phone { id number sponsors { nodes { id lastName } } } }
//   } }
// scans:
//   Phone -- Those who have a number are counted by degree, so that the numbers of one are not looked into.

MATCH (phone:Phone)
WHERE $minSponsors <= COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxSharing
WITH phone, COLLECT {
  MATCH (phone)<-[use:HAS_PHONE]-(sponsor:Sponsor)
  WHERE coalesce(use.since <= $asOf, true) AND coalesce(use.until >= $asOf, true)
  RETURN DISTINCT sponsor
} AS sponsors
WHERE size(sponsors) >= $minSponsors
RETURN phone, size(sponsors) AS sponsorCount, COUNT {
  UNWIND sponsors AS sponsor
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
