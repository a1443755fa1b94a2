// name: removalOrdersWithReliefPending
// title: Removal ordered while relief is pending
// question: Who was ordered removed although an application for relief is pending? A row is a child and an order of
//   removal in a case of the child's, with an application that was filed by the day asked about and not decided by it:
//   decided later, or with no day of decision and the status pending. An order does not count if an order that grants
//   relief or ends proceedings followed it, on a later day, in one of the child's cases. An order in absentia does not
//   concern a respondent for whom the hearing had an outcome of its own other than missed. Undated orders and
//   applications do not count.
// parameters:
//   asOf: Date = today -- Only orders, applications and decisions dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   courtOrder: CourtOrder -- The order of removal.
//   application: ReliefApplication! -- The application; if several, the one filed first.
//   filedOn: Date! of ReliefApplication.filedOn -- Day on which it was filed.
//   issuedOn: Date! of CourtOrder.issuedOn -- Day of the order.
//   daysSinceOrder: Int! -- Days from the order to the day asked about.
// key: child, courtOrder
// order: daysSinceOrder DESC
// severity: HIGH
// source: default
// rules:
//   8 USC 1158(b)(3)(C) (from 2009-03-23) -- An asylum officer of USCIS has initial jurisdiction over an unaccompanied
//     child's application for asylum; USCIS's memorandum of 2019-05-31 says that this holds also in removal
//     proceedings.
// omits: Appeals, stays and motions to reopen, which are not on record here and may keep the order from being carried
//   out.
// example: { removalOrdersWithReliefPending(first: 20) {
//     totalCount
//     nodes { issuedOn courtOrder { inAbsentia } child { id aNumber } application { form filedOn } }
//   } }

// The key is named because the index holds it after the kind.
MATCH (courtOrder:CourtOrder)
WHERE courtOrder.kind = 'REMOVAL' AND courtOrder.key IS NOT NULL AND courtOrder.issuedOn <= $asOf
MATCH (courtOrder)<-[:RESULTED_IN]-(hearing)<-[:HAS_HEARING]-()<-[:RESPONDENT_IN]-(child)
WHERE NOT coalesce(courtOrder.inAbsentia, false)
  OR NOT EXISTS { MATCH (child)-[own:HAD_OUTCOME]->(hearing) WHERE own.outcome <> 'MISSED' }
  OR EXISTS { MATCH (child)-[own:HAD_OUTCOME]->(hearing) WHERE own.outcome = 'MISSED' }
WITH DISTINCT child, courtOrder
WHERE NOT EXISTS {
  MATCH (child)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()-[:RESULTED_IN]->(later)
  WHERE later.kind IN ['RELIEF_GRANTED', 'TERMINATION']
    AND courtOrder.issuedOn < later.issuedOn AND later.issuedOn <= $asOf
}
MATCH (child)-[:APPLIED_FOR]->(application)
WHERE application.filedOn <= $asOf AND coalesce(application.decidedOn > $asOf, application.status = 'PENDING')
// The smallest list is that of the application filed first; of two on a day, the one whose key comes first.
WITH child, courtOrder, min([application.filedOn, application.key, application])[2] AS application
RETURN
  child,
  courtOrder,
  application,
  application.filedOn AS filedOn,
  courtOrder.issuedOn AS issuedOn,
  duration.inDays(courtOrder.issuedOn, $asOf).days AS daysSinceOrder
