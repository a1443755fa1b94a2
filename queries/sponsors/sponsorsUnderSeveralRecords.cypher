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
// scans:
//   Sponsor -- Records of one name and date of birth are found among all.
//   IdentityDocument -- So are records that presented one number.
//   Phone -- And those that share a telephone number.

// Pairs are found from what they share, which is quicker than to look for each record's likes.
CALL () {
  MATCH (record:Sponsor)
  WHERE record.dateOfBirth IS NOT NULL
  WITH
    record.dateOfBirth AS dateOfBirth,
    split(record.firstNameFolded, '\t')[0] AS firstName,
    split(record.lastNameFolded, '\t')[0] AS lastName,
    record
  WHERE firstName IS NOT NULL AND lastName IS NOT NULL
  WITH dateOfBirth, firstName, lastName, collect(record) AS alike
  WHERE size(alike) > 1
  UNWIND alike AS first
  UNWIND alike AS second
  RETURN first, second, 'NAME' AS shared
  UNION
  MATCH (phone:Phone)
  WHERE 1 < COUNT { (phone)<-[:HAS_PHONE]-() } AND COUNT { (phone)<-[:HAS_PHONE]-() } <= $maxSharing
  MATCH (first:Sponsor)-[own:HAS_PHONE]->(phone)<-[others:HAS_PHONE]-(second:Sponsor)
  WHERE first.dateOfBirth = second.dateOfBirth
    AND coalesce(own.since <= $asOf, true)
    AND coalesce(others.since <= $asOf, true)
    AND coalesce(own.since <= own.until, true)
    AND coalesce(own.since <= others.until, true)
    AND coalesce(others.since <= own.until, true)
    AND coalesce(others.since <= others.until, true)
  RETURN first, second, 'PHONE' AS shared
  UNION
  MATCH (document:IdentityDocument)<-[:PRESENTED]-(presenter:Sponsor)
  WHERE document.presentedOn <= $asOf
  WITH coalesce(document.numberHash, document) AS number, collect(DISTINCT presenter) AS presenters
  WHERE size(presenters) > 1
  UNWIND presenters AS first
  UNWIND presenters AS second
  WITH first, second
  WHERE first.dateOfBirth = second.dateOfBirth
  RETURN first, second, 'DOCUMENT' AS shared
}
WITH first, second, collect(shared) AS shared
WHERE first.key < second.key
MATCH (sponsor:Sponsor {key: first.key})
WITH sponsor, second, shared, COLLECT {
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS children
MATCH (otherRecord:Sponsor {key: second.key})
WITH sponsor, otherRecord, shared, children, COLLECT {
  MATCH (otherRecord)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS otherChildren
WHERE size(children) > 0 AND size(otherChildren) > 0
RETURN
  sponsor,
  otherRecord,
  'NAME' IN shared AS sameName,
  'PHONE' IN shared AS sharedPhone,
  'DOCUMENT' IN shared AS sharedDocument,
  size(children) + size([child IN otherChildren WHERE NOT child IN children]) AS childCount
