// name: absentiaOrdersAfterStaleNotice
// title: Orders in absentia after notice to an earlier address
// question: In which cases was an order made in a child's absence although the notice of the hearing went to an address
//   that was no longer the child's? The child's address on the day of the notice is the latest on record by then: of
//   the reports of where the child resides, its releases, and the reports of where the sponsor of its latest release
//   resides. Of several that begin on the latest day each is taken for the child's. A notice without a day or an
//   address does not count. Agencies may disagree: the words claim no more than that a later address was on record.
// parameters:
//   asOf: Date = today -- Only orders dated up to this day count, and notices sent up to it.
// columns:
//   child: Child -- The child.
//   courtOrder: CourtOrder -- The order in absentia.
//   hearing: Hearing! -- The hearing at which it was made.
//   address: Address! -- Where the notice of the hearing was sent.
//   latestAddress: Address! -- The child's address on record on that day.
//   latestSince: Date! -- First day at that address.
//   issuedOn: Date! -- Day of the order.
// key: child, courtOrder
// order: issuedOn DESC
// severity: HIGH
// source: 8 USC 1229a(b)(5), in force since 1997-04-01: an order in absentia needs notice to the most recent address
//   given; it may be rescinded within 180 days, and at any time without such notice.
// example: { absentiaOrdersAfterStaleNotice(first: 20) {
//     totalCount
//     nodes { issuedOn child { id aNumber } address { street city } latestAddress { street city } latestSince }
//   } }

// The key is named because the index holds it after the mark.
MATCH (courtOrder:CourtOrder)
WHERE courtOrder.inAbsentia = true AND courtOrder.key IS NOT NULL AND courtOrder.issuedOn <= $asOf
MATCH (courtOrder)<-[:RESULTED_IN]-(hearing)<-[:HAS_HEARING]-()<-[:RESPONDENT_IN]-(child)
WHERE hearing.noticeSentOn <= $asOf AND EXISTS { (hearing)-[:NOTICE_SENT_TO]->() }
CALL (child, hearing) {
  MATCH (child)-[report:RESIDES_AT]->(known)
  WHERE report.since <= hearing.noticeSentOn
  RETURN report.since AS day, known
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(known)
  WHERE placement.releasedOn <= hearing.noticeSentOn
  RETURN placement.releasedOn AS day, known
  UNION
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= hearing.noticeSentOn
  WITH max([placement.releasedOn, placement.key, placement])[2] AS latest
  MATCH (latest)-[:WITH_SPONSOR]->()-[report:RESIDES_AT]->(known)
  WHERE report.since <= hearing.noticeSentOn
  RETURN report.since AS day, known
}
WITH child, courtOrder, hearing, max(day) AS latestSince, collect([day, known]) AS reports
WITH child, courtOrder, hearing, latestSince, [report IN reports WHERE report[0] = latestSince | report[1]] AS latest
WHERE NONE(known IN latest WHERE EXISTS { (hearing)-[:NOTICE_SENT_TO]->(known) })
MATCH (hearing)-[:NOTICE_SENT_TO]->(address)
UNWIND latest AS known
RETURN
  child,
  courtOrder,
  hearing,
  min([address.key, address])[1] AS address,
  min([known.key, known])[1] AS latestAddress,
  latestSince,
  courtOrder.issuedOn AS issuedOn
