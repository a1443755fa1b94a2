// name: absentiaOrdersAfterStaleNotice
// title: Orders in absentia after notice to an address that was not the child's
// question: In which cases was an order made in a child's absence although the notice of the hearing went to no address
//   that was the child's on the day of the notice? The address given to the court comes first: the latest of the
//   reports of where the child resides, by EOIR or an office of it (a code that begins with EOIR-), that had begun and
//   not ended by then. If there is none, it is the latest to begin of all reports of where the child resides, its
//   releases, and the reports of where the sponsor of its latest release resides. If all of these had ended and nothing
//   came after, the last known address is stale, and a notice to it is a row too. A report is on record from the day on
//   which it was made or, if that is unknown, from its first day. A release ends with the placement (an end before the
//   release does not count), with the child's next release, or when a report of the sponsor or the child at that
//   address ended on or after the release and was on record by then, whichever comes first. What the sponsor reports
//   counts while the child is with the sponsor: a report that ended before the release, or began after the placement
//   ended, does not count, and a report ends with the placement at the latest. A last day still counts. If several
//   addresses began on the latest day, or ended on the last, each is taken for the child's. If two releases fall on one
//   day, the sponsor is that of the later key. A notice sent to several addresses counts only when none of them was the
//   child's, and the first of them by key is shown. If the records give several hearings for one order, the first by
//   key counts. A notice without a day or an address does not count, nor does a child of whom no address was on record,
//   or for whom the hearing had an outcome of its own other than missed. The words claim no more than that the records
//   give another address, or none that lasted.
// parameters:
//   asOf: Date = today -- Only orders dated up to this day count, and notices sent up to it.
// columns:
//   child: Child -- The child.
//   courtOrder: CourtOrder -- The order in absentia.
//   hearing: Hearing! -- The hearing at which it was made.
//   address: Address! -- Where the notice of the hearing was sent.
//   latestAddress: Address! -- The child's address on record on that day, or the last known when it had ended.
//   latestSince: Date! of RESIDES_AT.since or Placement.releasedOn -- First day at that address.
//   issuedOn: Date! of CourtOrder.issuedOn -- Day of the order.
// key: child, courtOrder
// order: issuedOn DESC
// severity: HIGH
// source: 8 USC 1229a(b)(5), in force since 1997-04-01: an order in absentia needs notice to the most recent address
//   given; it may be rescinded within 180 days, and at any time without such notice.
// rules:
//   8 USC 1229a(b)(5)(A) (from 1997-04-01) -- An order in absentia needs written notice of the hearing; notice to the
//     most recent address given suffices, and so does notice to counsel.
//   8 USC 1229a(b)(5)(B) (from 1997-04-01) -- No notice is owed to one who gave no address.
//   8 USC 1229a(b)(5)(C) (from 1997-04-01) -- The order may be rescinded within 180 days for exceptional circumstances,
//     and at any time without notice.
//   Campos-Chaves v. Garland, 602 US 447 (from 2024-06-14) -- What counts is the notice of the hearing that was missed,
//     even where the Notice to Appear gave neither time nor place.
//   8 CFR 1003.15(d)(2) (secondary) -- A change of address is to be given to the court within five days, on form
//     EOIR-33, which counts working days; EOIR's supporting statement on that form reports it.
// omits: Notice to counsel, which suffices and is not on record here. Nor is it on record when an agency was told that
//   a stay at an address had ended: a report counts as ended from its last day on.
// example: { absentiaOrdersAfterStaleNotice(first: 20) {
//     totalCount
//     nodes { issuedOn child { id aNumber } address { street city } latestAddress { street city } latestSince }
//   } }

// The key is named because the index holds it after the mark.
MATCH (courtOrder:CourtOrder)
WHERE courtOrder.inAbsentia = true AND courtOrder.key IS NOT NULL AND courtOrder.issuedOn <= $asOf
MATCH (courtOrder)<-[:RESULTED_IN]-(hearing)
WITH courtOrder, min([hearing.key, hearing])[1] AS hearing
MATCH (hearing)<-[:HAS_HEARING]-()<-[:RESPONDENT_IN]-(child)
WITH DISTINCT courtOrder, hearing, child, hearing.noticeSentOn AS day
WHERE day <= $asOf AND EXISTS { (hearing)-[:NOTICE_SENT_TO]->() }
  AND (
    NOT EXISTS { MATCH (child)-[own:HAD_OUTCOME]->(hearing) WHERE own.outcome <> 'MISSED' }
    OR EXISTS { MATCH (child)-[own:HAD_OUTCOME]->(hearing) WHERE own.outcome = 'MISSED' }
  )
CALL (child, day) {
  MATCH (child)-[report:RESIDES_AT]->(known)
  WHERE report.since <= day AND coalesce(report.reportedOn, report.since) <= day
    AND coalesce(report.since <= report.until, true)
  RETURN
    known,
    report.since AS since,
    report.until AS until,
    report.reportedBy = 'EOIR' OR report.reportedBy STARTS WITH 'EOIR-' AS given
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(known)
  WHERE placement.releasedOn <= day
  CALL (child, day, placement, known) {
    RETURN CASE WHEN placement.releasedOn <= placement.endedOn THEN placement.endedOn END AS ended
    UNION
    MATCH (child)-[:HAS_PLACEMENT]->(later)
    WHERE placement.releasedOn < later.releasedOn
    RETURN later.releasedOn AS ended
    UNION
    MATCH (placement)-[:WITH_SPONSOR]->(sponsor)-[report:RESIDES_AT]->(known)
    WHERE placement.releasedOn <= report.until AND report.since <= report.until
      AND coalesce(report.reportedOn, report.since) <= day
    RETURN report.until AS ended
    UNION
    MATCH (child)-[report:RESIDES_AT]->(known)
    WHERE placement.releasedOn <= report.until AND report.since <= report.until
      AND coalesce(report.reportedOn, report.since) <= day
    RETURN report.until AS ended
  }
  WITH known, placement, min(ended) AS until
  RETURN known, placement.releasedOn AS since, until, false AS given
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= day
    AND NOT EXISTS {
      MATCH (child)-[:HAS_PLACEMENT]->(later)
      WHERE later.releasedOn <= day AND [placement.releasedOn, placement.key] < [later.releasedOn, later.key]
    }
  WITH placement, CASE WHEN placement.releasedOn <= placement.endedOn THEN placement.endedOn END AS left
  MATCH (placement)-[:WITH_SPONSOR]->(sponsor)-[report:RESIDES_AT]->(known)
  WHERE report.since <= day AND coalesce(report.reportedOn, report.since) <= day
    AND coalesce(report.since <= report.until, true)
    AND coalesce(placement.releasedOn <= report.until, true)
    AND coalesce(report.since <= left, true)
  UNWIND [report.until, left] AS ended
  WITH known, report, min(ended) AS until
  RETURN known, report.since AS since, until, false AS given
}
// An address given to the court goes before another that stands, and that before one that has ended.
WITH
  child,
  courtOrder,
  hearing,
  known,
  since,
  CASE
    WHEN until < day THEN [0, until]
    WHEN given THEN [2, since]
    ELSE [1, since]
  END AS place
WITH child, courtOrder, hearing, max(place) AS last, collect([place, known.key, known, since]) AS places
WITH child, courtOrder, hearing, last, [one IN places WHERE one[0] = last] AS latest
WHERE last[0] = 0 OR NONE(one IN latest WHERE EXISTS { (hearing)-[:NOTICE_SENT_TO]->({key: one[1]}) })
MATCH (hearing)-[:NOTICE_SENT_TO]->(address)
UNWIND latest AS one
WITH child, courtOrder, hearing, min([address.key, address])[1] AS address, min([one[1], one[2], one[3]]) AS first
RETURN
  child,
  courtOrder,
  hearing,
  address,
  first[1] AS latestAddress,
  first[2] AS latestSince,
  courtOrder.issuedOn AS issuedOn
