// name: oversightByCourtAndOffice
// title: The alert's table by fiscal year, court and field office
// question: How many children were transferred from DHS to HHS, missed a hearing, have no filed Notice to Appear, were
//   sought and never reached after a release, and to how many unusable addresses were they released? A child counts in
//   the fiscal year of its transfer, or of its entry where no transfer is on record, and once for each court that its
//   cases are before and field office that records their hearings, so that the rows may add up to more than there are
//   children. That nothing is on record is not that nothing happened.
// parameters:
//   asOf: Date = today -- What is dated after this day does not count.
// columns:
//   fiscalYear: Int! -- The fiscal year, 1 October to 30 September, by the year it ends in; 0 when unknown.
//   court: String! -- Code of the immigration court, or none.
//   fieldOffice: String! -- Code of the field office, or none.
//   transferred: Int! -- Children.
//   missedHearing: Int! -- Those who missed a hearing.
//   withoutNotice: Int! -- Those without a filed Notice to Appear.
//   notReached: Int! -- Those who were sought after a release, and never reached.
//   badAddresses: Int! -- Releases to addresses that are blank, undeliverable or miss a unit.
// key: fiscalYear, court, fieldOffice
// order: fiscalYear DESC, transferred DESC
// severity: LOW
// source: the table of the DHS OIG management alert of August 2024; fiscal years as in 31 USC 1102, in force since
//   1976-10-01
// example: { oversightByCourtAndOffice(first: 20) {
//     totalCount
//     nodes { fiscalYear court fieldOffice transferred missedHearing withoutNotice notReached badAddresses }
//   } }
// scans:
//   Child -- Every child is counted.

MATCH (child:Child)
WITH child, coalesce(child.transferredOn, child.enteredOn) AS day
WHERE day IS NULL OR day <= $asOf
WITH
  child,
  coalesce(day.year + day.month / 10, 0) AS fiscalYear,
  EXISTS {
    MATCH (child)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(hearing)
    WHERE hearing.outcome = 'MISSED' AND hearing.scheduledOn <= $asOf
  } AS missed,
  NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf } AS unfiled,
  EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(placement), (child)-[:HAS_CONTACT]->(contact)
    WHERE placement.releasedOn <= contact.attemptedOn AND contact.attemptedOn <= $asOf
  } AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(placement), (child)-[:HAS_CONTACT]->(contact {outcome: 'REACHED'})
    WHERE placement.releasedOn <= contact.attemptedOn AND contact.attemptedOn <= $asOf
  } AS unreached,
  COUNT {
    MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(address)
    WHERE address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']
      AND (placement.releasedOn IS NULL OR placement.releasedOn <= $asOf)
  } AS addresses
CALL (child) {
  OPTIONAL MATCH (child)-[:RESPONDENT_IN]->(courtCase)
  WHERE courtCase.openedOn IS NULL OR courtCase.openedOn <= $asOf
  OPTIONAL MATCH (courtCase)-[:VENUED_AT]->(venue)
  OPTIONAL MATCH (courtCase)-[:HAS_HEARING]->(hearing)<-[recording:RECORDED]-(office:Agency {kind: 'FIELD_OFFICE'})
  WHERE (hearing.scheduledOn IS NULL OR hearing.scheduledOn <= $asOf)
    AND (recording.recordedOn IS NULL OR recording.recordedOn <= $asOf)
  RETURN DISTINCT coalesce(venue.code, 'none') AS court, coalesce(office.code, 'none') AS fieldOffice
}
RETURN
  fiscalYear,
  court,
  fieldOffice,
  count(*) AS transferred,
  count(CASE WHEN missed THEN 1 END) AS missedHearing,
  count(CASE WHEN unfiled THEN 1 END) AS withoutNotice,
  count(CASE WHEN unreached THEN 1 END) AS notReached,
  sum(addresses) AS badAddresses
