// name: releaseAddressesUnusable
// title: Release addresses that cannot be used
// question: Which children were released to an address that is blank, cannot receive mail, or lacks its unit, or with
//   no place on record at all? Each release counts on its own, including one that has ended and one without a date.
//   Whether an address can be used is taken as the records have it, since they do not date it; an address that nobody
//   has judged does not count. If a release has several such addresses, the first by key is shown.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases dated up to this day, or without a day, count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   address: Address -- The address; unknown when there is none on record.
//   fault: String! of Address.deliverability -- What is wrong with it: BLANK, UNDELIVERABLE, MISSING_UNIT, or
//     NO_ADDRESS when there is none.
//   releasedOn: Date of Placement.releasedOn -- Day of the release; unknown where the record has none.
// key: child, placement
// order: releasedOn DESC
// severity: MEDIUM
// source: default; the DHS inspector general's report OIG-25-21 of March 2025 counts more than 31,000 children whose
//   release address was blank, undeliverable, or missing the apartment number.
// omits: Releases of which only the postal area is on record, as in published files, which give no addresses; people
//   who have turned 18, unless asked for; and addresses that nobody has judged.
// example: { releaseAddressesUnusable(first: 20) {
//     totalCount
//     nodes { fault releasedOn child { id aNumber } address { street unit city state } }
//   } }
// scans:
//   Placement -- The address may be missing, and no index holds what is missing.

MATCH (placement:Placement)<-[:HAS_PLACEMENT]-(child)
WHERE coalesce(placement.releasedOn <= $asOf, true)
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH DISTINCT child, placement
WITH child, placement, COLLECT {
  MATCH (placement)-[:RELEASED_TO]->(at)
  WHERE at.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']
  RETURN min([at.key, at])
}[0][1] AS address
WHERE address IS NOT NULL
  OR NOT (EXISTS { (placement)-[:RELEASED_TO]->() } OR EXISTS { (placement)-[:RELEASED_IN]->() })
RETURN
  child,
  placement,
  address,
  coalesce(address.deliverability, 'NO_ADDRESS') AS fault,
  placement.releasedOn AS releasedOn
