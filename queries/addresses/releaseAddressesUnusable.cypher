// name: releaseAddressesUnusable
// title: Release addresses that cannot be used
// question: Which children were released to an address that is blank, to which mail cannot be delivered, or that lacks
//   its unit? Whether an address can be used counts as it stands in the records, which do not date it; an address that
//   nobody has judged does not count.
// parameters:
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   address: Address! -- The address.
//   fault: String! -- What is wrong with it: BLANK, UNDELIVERABLE or MISSING_UNIT.
//   releasedOn: Date! -- Day of the release.
// key: child, placement
// order: releasedOn DESC
// severity: MEDIUM
// source: default; a follow-up report of the DHS inspector general in March 2025 counts more than 31,000 such release
//   addresses.
// example: { releaseAddressesUnusable(first: 20) {
//     totalCount
//     nodes { fault releasedOn child { id aNumber } address { street unit city state } }
//   } }

// The key is named because the index holds it after the deliverability.
MATCH (address:Address)
WHERE address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'] AND address.key IS NOT NULL
MATCH (address)<-[:RELEASED_TO]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
WITH child, placement, min([address.key, address])[1] AS address
RETURN child, placement, address, address.deliverability AS fault, placement.releasedOn AS releasedOn
