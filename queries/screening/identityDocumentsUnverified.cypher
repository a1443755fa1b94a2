// name: identityDocumentsUnverified
// title: Releases on identity documents that cannot be read or were not verified
// question: Which children were released to a sponsor none of whose identity documents was both legible and verified? A
//   document counts when it was presented up to the day of the release. A document whose legibility or verification is
//   not recorded gets the benefit of the doubt.
// parameters:
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   sponsor: Sponsor -- The sponsor.
//   fault: String! -- ILLEGIBLE where no document can be read, otherwise UNVERIFIED.
//   documentCount: Int! -- Documents presented up to the release.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
// key: child, placement, sponsor
// order: releasedOn DESC
// severity: MEDIUM
// source: HHS OIG, OEI-07-21-00250 (February 2024), found copies of sponsors' identity documents with legibility
//   concerns in 35 percent of the files in its sample, as reported by NewsNation; the rule that one good document
//   suffices is the default.
// rules:
//   8 USC 1232(c)(3)(A) (from 2009-03-23) -- Before a placement, HHS verifies the custodian's identity and relationship
//     to the child.
//   ORR's identity and income rules of spring 2025 (from 2025-05-08) (secondary) -- Fewer kinds of documents prove a
//     sponsor's identity. Their first day was not found: VisaVerge reports March 2025, and they were challenged in
//     court on 2025-05-08.
//   Angelica S. v. HHS, D.D.C., No. 1:25-cv-01405 (from 2025-06-09) (secondary) -- A preliminary injunction bars these
//     rules for children in custody on or before 2025-04-22; the National Center for Youth Law and Democracy Forward
//     report it.
// omits: Releases before which no document is on record, and undated documents. When a document was verified is not
//   recorded, so one verified only after the release counts as verified. Which kinds of documents were accepted on a
//   day is not asked.
// example: { identityDocumentsUnverified(first: 20) {
//     totalCount
//     nodes { fault documentCount releasedOn child { id lastName } sponsor { id lastName } }
//   } }
// scans:
//   Sponsor -- Every release up to the day is looked at, from its sponsor on.

// Every release is looked at, which is quicker child by child than in the order of an index of days.
MATCH (child:Child)-[:HAS_PLACEMENT]->(placement:Placement)-[:WITH_SPONSOR]->(sponsor:Sponsor)
WHERE coalesce(placement.releasedOn <= $asOf, false)
  AND EXISTS {
    MATCH (sponsor)-[:PRESENTED]->(bad)
    WHERE bad.presentedOn <= placement.releasedOn AND (NOT bad.legible OR NOT bad.verified)
  }
WITH DISTINCT child, placement, sponsor, COLLECT {
  MATCH (sponsor)-[:PRESENTED]->(document)
  WHERE document.presentedOn <= placement.releasedOn
  RETURN DISTINCT document
} AS documents
WHERE documents <> []
  AND all(one IN documents WHERE coalesce(NOT one.legible OR NOT one.verified, false))
RETURN
  child,
  placement,
  sponsor,
  CASE
    WHEN all(one IN documents WHERE coalesce(NOT one.legible, false)) THEN 'ILLEGIBLE'
    ELSE 'UNVERIFIED'
  END AS fault,
  size(documents) AS documentCount,
  placement.releasedOn AS releasedOn
