// name: addressesDisputedByAgencies
// title: Addresses that agencies disagree on
// question: For which children do two agencies have different current addresses? An agency has an address for a child
//   by a report that began up to the day asked about and had not ended before it. The address of a release counts as
//   ORR's word too, from the day of release, unless the placement had ended: by a last day before the day asked about,
//   which is ignored when it is before the release, or by a later release of the child up to that day. An agency's
//   current address is the one with the latest first day; ties go to the later key of the report or placement, then of
//   the address. What a court or a field office reports counts for the nearest agency that it is part of (if there are
//   several, the one whose code comes first), or for itself if it is part of none. Every pair of agencies is compared.
//   A report or release without a first day does not count, nor does a report that names no agency.
// parameters:
//   agencies: [String!] = [] (public) -- Codes of the agencies to compare; all agencies when empty.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   agencyA: String! of Agency.code or RESIDES_AT.reportedBy -- Code of one agency.
//   agencyB: String! of Agency.code or RESIDES_AT.reportedBy -- Code of the other agency.
//   addressA: Address! -- The first agency's address.
//   addressB: Address! -- The other agency's address.
//   reportedSince: Date! of RESIDES_AT.since or Placement.releasedOn -- First day at the later of the two addresses.
// key: child, agencyA, agencyB
// order: reportedSince DESC
// severity: MEDIUM
// source: default
// omits: Addresses judged blank, which leave nothing to disagree about; people who have turned 18, unless asked for;
//   and agencies that have no current address for the child.
// example: { addressesDisputedByAgencies(first: 20) {
//     totalCount
//     nodes { agencyA addressA { street city } agencyB addressB { street city } child { id aNumber } }
//   } }
// scans:
//   Child -- Reports and releases are counted by degree, so that children with fewer than two are not looked into.

MATCH (child:Child)
WHERE COUNT { (child)-[:RESIDES_AT]->() } >= 1
  AND COUNT { (child)-[:RESIDES_AT]->() } + COUNT { (child)-[:HAS_PLACEMENT]->() } >= 2
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH child, COLLECT {
  MATCH (child)-[report:RESIDES_AT]->(address)
  WHERE report.since <= $asOf AND coalesce(report.until >= $asOf, true) AND report.reportedBy IS NOT NULL
    AND coalesce(address.deliverability <> 'BLANK', true)
  RETURN [report.reportedBy, report.since, report.key, address] AS word
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(address)
  WHERE placement.releasedOn <= $asOf
    AND coalesce(NOT placement.releasedOn <= placement.endedOn < $asOf, true)
    AND coalesce(address.deliverability <> 'BLANK', true)
    AND NOT EXISTS {
      MATCH (child)-[:HAS_PLACEMENT]->(next)
      WHERE placement.releasedOn < next.releasedOn <= $asOf
    }
  RETURN ['ORR', placement.releasedOn, placement.key, address] AS word
} AS words
WHERE any(word IN words WHERE word[3] <> words[0][3])
UNWIND words AS word
WITH child, word[0] AS code, word[1] AS since, word[2] AS key, word[3] AS address
// The key is named because the index holds it after the code.
WITH child, since, key, address, coalesce(COLLECT {
  MATCH path = (office:Agency)-[:PART_OF]->*(agency:Agency {kind: 'AGENCY'})
  WHERE office.code = code AND office.key IS NOT NULL
  RETURN agency.code
  ORDER BY length(path), agency.code
  LIMIT 1
}[0], code) AS agency
WHERE size($agencies) = 0 OR agency IN $agencies
WITH child, agency, max([since, key, address.key, address]) AS latest
WITH child, collect([agency, latest[0], latest[3]]) AS known
UNWIND known AS one
UNWIND known AS other
WITH child, one, other
WHERE one[0] < other[0] AND one[2] <> other[2]
RETURN
  child,
  one[0] AS agencyA,
  other[0] AS agencyB,
  one[2] AS addressA,
  other[2] AS addressB,
  CASE WHEN one[1] > other[1] THEN one[1] ELSE other[1] END AS reportedSince
