// name: sponsorsMovingWithSeveralChildren
// title: Sponsors moving with several children
// question: Which sponsors of several children had several addresses within withinDays days, with children there? An
//   address counts on the day of a release to it, and on the first day of a report that the sponsor resides there if a
//   placement of a child with the sponsor lasts on that day: from the day of release until the placement ends, by its
//   last day or by a later release of the child; an end before the release does not count. A window begins on one of
//   these days and lasts up to withinDays days more; of a sponsor's windows, the one with the most addresses is shown,
//   the earliest if there are several. A report without a first day does not count. Agencies may disagree on where a
//   sponsor lives, so two addresses need not be a move.
// parameters:
//   minAddresses: Int = 2 (at least 2) (keeps addressCount >= it) -- Minimum number of addresses within the window.
//   minChildren: Int = 2 (at least 1) (keeps childCount >= it) -- Minimum number of children released to the sponsor.
//   withinDays: Int = 365 (at least 0, at most 36500) -- Maximum number of days from the first to the last of these
//     days.
//   asOf: Date = today -- Only reports and releases dated up to this day count.
// columns:
//   sponsor: Sponsor -- The sponsor.
//   addressCount: Int! -- Addresses within the window.
//   childCount: Int! -- Children released to the sponsor.
//   firstReportedOn: Date! of Placement.releasedOn or RESIDES_AT.since -- First of these days.
//   lastReportedOn: Date! of Placement.releasedOn or RESIDES_AT.since -- Last of these days within the window, also
//     where it repeats an address.
// key: sponsor
// order: addressCount DESC, childCount DESC, lastReportedOn DESC
// severity: MEDIUM
// source: default
// rules:
//   90 FR 13554 (from 2025-03-25) -- Removed from 45 CFR 410.1201(b) the bar on sharing a sponsor's immigration status
//     for enforcement. What this question shows about sponsors is for the children's safety; no immigration status is
//     kept here.
// omits: Moves before a child came and after the last one left, and addresses that name no home (blank, undeliverable,
//   or lacking the unit), which may be another one written down badly.
// example: { sponsorsMovingWithSeveralChildren(minChildren: 3, first: 20) {
//     totalCount
//     nodes { addressCount childCount sponsor { id addresses { edges { since until node { street city state } } } } }
//   } }
// scans:
//   Sponsor -- Children are counted first, so that sponsors with too few are not looked into.

MATCH (sponsor:Sponsor)
WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() } >= $minChildren
WITH sponsor, COUNT {
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
WHERE childCount >= $minChildren
WITH sponsor, childCount, COLLECT {
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)-[:RELEASED_TO]->(address)
  WHERE placement.releasedOn <= $asOf AND EXISTS { (placement)<-[:HAS_PLACEMENT]-() }
    AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
  RETURN [placement.releasedOn, address] AS found
  UNION
  MATCH (sponsor)-[report:RESIDES_AT]->(address)
  WHERE report.since <= $asOf
    AND coalesce(NOT address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT'], true)
    AND EXISTS {
      MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
      WHERE placement.releasedOn <= report.since
        AND coalesce(NOT placement.releasedOn <= placement.endedOn < report.since, true)
        AND NOT EXISTS {
          MATCH (child)-[:HAS_PLACEMENT]->(next)
          WHERE placement.releasedOn < next.releasedOn < report.since
        }
    }
  RETURN [report.since, address] AS found
} AS known
UNWIND known AS opening
WITH DISTINCT sponsor, childCount, known, opening[0] AS firstReportedOn
UNWIND [one IN known WHERE firstReportedOn <= one[0] <= firstReportedOn + duration({days: $withinDays})] AS one
WITH
  sponsor,
  childCount,
  firstReportedOn,
  max(one[0]) AS lastReportedOn,
  count(DISTINCT one[1]) AS addressCount
WHERE addressCount >= $minAddresses
// The smallest list is that of the window with the most addresses; of several, of the earliest.
WITH sponsor, childCount, min([-addressCount, firstReportedOn, lastReportedOn]) AS most
RETURN sponsor, -most[0] AS addressCount, childCount, most[1] AS firstReportedOn, most[2] AS lastReportedOn
