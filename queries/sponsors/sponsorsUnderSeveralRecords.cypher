// name: sponsorsUnderSeveralRecords
// title: One person who sponsors under several records
// question: Which two records of sponsors, each with a child released to it, may be of one person? Both have the same
//   date of birth, and also the same given and family names, or a telephone number or an identity document in common.
//   Names are the same whatever their case, accents and spaces. A number is in common if both had it at one time, each
//   from a day up to the day asked about; an unknown first or last day sets no limit. An identity document is in common
//   if both presented it, or one with the same number, up to that day.
// parameters:
//   maxSharing: Int = 40 (at least 2) -- A telephone number with more owners than this, over all time and counting
//     children, joins nobody; whoever had it twice counts twice.
//   asOf: Date = today -- Only what is dated up to this day counts.
// columns:
//   sponsor: Sponsor -- The record whose key comes first.
//   otherRecord: Sponsor -- The other record.
//   sameName: Boolean! -- Whether the names are the same.
//   sharedPhone: Boolean! -- Whether they have a telephone number in common.
//   sharedDocument: Boolean! -- Whether they have an identity document in common.
//   childCount: Int! -- Children released to one or the other.
// key: sponsor, otherRecord
// order: childCount DESC
// severity: HIGH
// source: default
// rules:
//   8 USC 1232(c)(3)(A) (from 2009-03-23) -- Before a placement, HHS verifies the custodian's identity and relationship
//     to the child.
// omits: Records without a date of birth, and those of one person with different ones. Twins who share a telephone
//   number have the same date of birth too, and so may namesakes.
// example: { sponsorsUnderSeveralRecords(first: 20) {
//     totalCount
//     nodes { sameName sharedPhone sharedDocument childCount sponsor { id lastName } otherRecord { id lastName } }
//   } }

MATCH (sponsor:Sponsor)
WHERE sponsor.dateOfBirth IS NOT NULL AND sponsor.key IS NOT NULL
WITH
  sponsor,
  split(sponsor.firstNameFolded, '\t')[0] + '\t' AS firstName,
  split(sponsor.lastNameFolded, '\t')[0] + '\t' AS lastName,
  COLLECT {
    MATCH (sponsor)-[own:HAS_PHONE]->(phone)<-[others:HAS_PHONE]-(caller:Sponsor)
    WHERE caller.dateOfBirth = sponsor.dateOfBirth
      AND COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxSharing
      AND coalesce(own.since <= $asOf, true)
      AND coalesce(others.since <= $asOf, true)
      AND coalesce(own.since <= own.until, true)
      AND coalesce(own.since <= others.until, true)
      AND coalesce(others.since <= own.until, true)
      AND coalesce(others.since <= others.until, true)
    RETURN DISTINCT caller
  } AS callers,
  COLLECT {
    MATCH (sponsor)-[:PRESENTED]->(document)
    WHERE document.presentedOn <= $asOf
    MATCH (same:IdentityDocument)<-[:PRESENTED]-(presenter)
    WHERE same.numberHash = document.numberHash AND same.key IS NOT NULL AND same.presentedOn <= $asOf
      AND presenter.dateOfBirth = sponsor.dateOfBirth
    RETURN presenter
    UNION
    MATCH (sponsor)-[:PRESENTED]->(document)<-[:PRESENTED]-(presenter)
    WHERE document.presentedOn <= $asOf AND presenter.dateOfBirth = sponsor.dateOfBirth
    RETURN presenter
  } AS presenters
MATCH (otherRecord:Sponsor)
WHERE otherRecord.dateOfBirth = sponsor.dateOfBirth AND otherRecord.key > sponsor.key
WITH
  sponsor,
  otherRecord,
  coalesce(
    otherRecord.firstNameFolded STARTS WITH firstName AND otherRecord.lastNameFolded STARTS WITH lastName,
    false
  ) AS sameName,
  otherRecord IN callers AS sharedPhone,
  otherRecord IN presenters AS sharedDocument
WHERE sameName OR sharedPhone OR sharedDocument
WITH *, COLLECT {
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS children, COLLECT {
  MATCH (otherRecord)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS otherChildren
WHERE size(children) > 0 AND size(otherChildren) > 0
RETURN
  sponsor,
  otherRecord,
  sameName,
  sharedPhone,
  sharedDocument,
  size(children) + size([child IN otherChildren WHERE NOT child IN children]) AS childCount
