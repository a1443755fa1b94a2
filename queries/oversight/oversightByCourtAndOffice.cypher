// name: oversightByCourtAndOffice
// title: Oversight figures by fiscal year, court and field office
// question: How many children were transferred from DHS to HHS, missed a hearing, had no Notice to Appear served on
//   them or one served that was not filed, and were sought and never reached after a release; and how many releases
//   were to unusable addresses? A child counts in the fiscal year of its transfer, or of its entry where no transfer is
//   on record, and once for each court and field office. A court is where a hearing of the child was held, else the
//   court before which the case is, else the one that is responsible for the postal area on record for a release of the
//   child, or else for that of its address; a field office is one whose own system, or that of an office of it at any
//   level, records a hearing of the child, else the one that is responsible for the area. So the rows may add up to
//   more than there are children. A child missed a hearing when its own outcome says so or, where it has none, that of
//   the hearing. A notice that was filed was served. Never reached is about a child: one that was released, was sought
//   on days after its latest dated release (on any day, when none is dated), and was spoken to on none of them. The
//   child was spoken to when it, both, or somebody unknown was reached, or when a visit or wellness check that reached
//   somebody found it with the sponsor. Bad addresses are about releases; a release with no address at all is not one
//   of them. An undated child, case, missed hearing, record of a hearing or release counts on every day. That nothing
//   is on record does not mean that nothing happened.
// parameters:
//   asOf: Date = today -- What is dated after this day does not count.
// columns:
//   fiscalYear: Int! -- The fiscal year, 1 October to 30 September, by the year it ends in; 0 when unknown.
//   court: String! of Agency.code -- Code of the immigration court, or none.
//   fieldOffice: String! of Agency.code -- Code of the field office, or none.
//   transferred: Int! -- Children.
//   missedHearing: Int! -- Those who missed a hearing.
//   withoutNotice: Int! -- Those on whom no Notice to Appear was served.
//   notFiled: Int! -- Those on whom one was served, but not filed with a court.
//   notReached: Int! -- Those who were sought after their latest release and never reached.
//   badAddresses: Int! -- Releases to addresses that are blank, undeliverable or lack a unit; those with no address at
//     all are not counted.
// key: fiscalYear, court, fieldOffice
// order: fiscalYear DESC, transferred DESC
// severity: LOW
// source: default; the DHS inspector general's alert of August 2024 counts children transferred, those who missed a
//   hearing, and those on whom no notice was served; its report OIG-25-21 of March 2025 bad addresses; a newspaper
//   those not reached. No document has them all.
// rules:
//   31 USC 1102 (from 1976-10-01) -- The fiscal year begins on 1 October and ends on 30 September; it is named after
//     the year it ends in, as GAO's glossary of terms says.
// omits: Releases with no address on record, which releaseAddressesUnusable counts. Children of whom neither a case nor
//   a release tells of a court or an office stand under none.
// example: { oversightByCourtAndOffice(first: 20) {
//     totalCount
//     nodes { fiscalYear court fieldOffice transferred missedHearing withoutNotice notFiled notReached badAddresses }
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
    WHERE hearing.outcome = 'MISSED' AND coalesce(hearing.scheduledOn <= $asOf, true)
      AND (
        NOT EXISTS { (child)-[:HAD_OUTCOME]->(hearing) }
        OR EXISTS { MATCH (child)-[own:HAD_OUTCOME]->(hearing) WHERE own.outcome IS NULL }
      )
  } OR EXISTS {
    MATCH (child)-[own:HAD_OUTCOME]->(hearing)
    WHERE own.outcome = 'MISSED' AND coalesce(hearing.scheduledOn <= $asOf, true)
  } AS missed,
  EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf } AS filed,
  EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $asOf } AS served,
  COUNT {
    MATCH (child)-[:HAS_PLACEMENT]->(placement)-[:RELEASED_TO]->(address)
    WHERE address.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']
      AND coalesce(placement.releasedOn <= $asOf, true)
    RETURN DISTINCT placement
  } AS addresses
CALL (child) {
  MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE coalesce(placement.releasedOn <= $asOf, true)
  WITH child, max(placement.releasedOn) AS releasedOn
  MATCH (child)-[:HAS_CONTACT]->(contact)
  WHERE contact.attemptedOn <= $asOf AND coalesce(releasedOn < contact.attemptedOn, true)
  WITH
    contact.outcome = 'REACHED'
      AND (
        coalesce(contact.reached IN ['CHILD', 'BOTH'], true)
        OR (contact.kind IN ['HOME_VISIT', 'WELLNESS_CHECK'] AND contact.childWithSponsor)
      ) AS spoken
  RETURN count(*) > 0 AND count(CASE WHEN spoken THEN 1 END) = 0 AS unreached
}
CALL (child) {
  OPTIONAL MATCH (child)-[:RESPONDENT_IN]->(courtCase)
  WHERE coalesce(courtCase.openedOn <= $asOf, true)
  OPTIONAL MATCH (courtCase)-[:VENUED_AT]->(venue)
  OPTIONAL MATCH (courtCase)-[:HAS_HEARING]->(hearing)
  WHERE coalesce(hearing.scheduledOn <= $asOf, true)
  OPTIONAL MATCH (hearing)-[:HELD_AT]->(held)
  OPTIONAL MATCH (hearing)<-[recording:RECORDED]-()-[:PART_OF]->*(recorder)
  WHERE recorder.kind = 'FIELD_OFFICE' AND coalesce(recording.recordedOn <= $asOf, true)
  WITH DISTINCT child, coalesce(held.code, venue.code) AS heardAt, recorder.code AS recordedBy
  OPTIONAL MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE (heardAt IS NULL OR recordedBy IS NULL) AND coalesce(placement.releasedOn <= $asOf, true)
  OPTIONAL MATCH (placement)-[:RELEASED_IN]->(around)
  OPTIONAL MATCH (placement)-[:RELEASED_TO]->()-[:IN_AREA]->(near)
  CALL (around, near) {
    OPTIONAL MATCH (around)<-[:RESPONSIBLE_FOR]-(aroundCourt {kind: 'COURT'})
    OPTIONAL MATCH (near)<-[:RESPONSIBLE_FOR]-(nearCourt {kind: 'COURT'})
    OPTIONAL MATCH (around)<-[:RESPONSIBLE_FOR]-(aroundOffice {kind: 'FIELD_OFFICE'})
    OPTIONAL MATCH (near)<-[:RESPONSIBLE_FOR]-(nearOffice {kind: 'FIELD_OFFICE'})
    RETURN DISTINCT
      coalesce(aroundCourt.code, nearCourt.code) AS courtThere,
      coalesce(aroundOffice.code, nearOffice.code) AS officeThere
  }
  RETURN DISTINCT
    coalesce(heardAt, courtThere, 'none') AS court,
    coalesce(recordedBy, officeThere, 'none') AS fieldOffice
}
RETURN
  fiscalYear,
  court,
  fieldOffice,
  count(*) AS transferred,
  count(CASE WHEN missed THEN 1 END) AS missedHearing,
  count(CASE WHEN NOT filed AND NOT served THEN 1 END) AS withoutNotice,
  count(CASE WHEN served AND NOT filed THEN 1 END) AS notFiled,
  count(CASE WHEN unreached THEN 1 END) AS notReached,
  sum(addresses) AS badAddresses
