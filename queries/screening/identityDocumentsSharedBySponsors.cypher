// name: identityDocumentsSharedBySponsors
// title: Identity documents shared by sponsors
// question: Which identity documents did several sponsors present? Documents whose numbers have the same keyed hash are
//   one document, and so is one record that several sponsors presented. A document counts when it was presented up to
//   the day asked about.
// parameters:
//   minSponsors: Int = 2 (at least 2) (keeps sponsorCount >= it) -- Minimum number of sponsors.
//   asOf: Date = today -- Only documents presented, and releases dated, up to this day count.
// columns:
//   document: IdentityDocument -- The document; if there are several records of it, the first by key.
//   sponsorCount: Int! -- Sponsors who presented it.
//   childCount: Int! -- Children released to these sponsors.
//   lastPresentedOn: Date! of IdentityDocument.presentedOn -- Day on which it was presented last.
// key: document
// order: sponsorCount DESC, childCount DESC, lastPresentedOn DESC
// severity: HIGH
// source: default
// rules:
//   8 USC 1232(c)(3)(A) (from 2009-03-23) -- Before a placement, HHS verifies the custodian's identity and relationship
//     to the child.
//   90 FR 13554 (from 2025-03-25) -- Removed from 45 CFR 410.1201(b) the bar on sharing a sponsor's immigration status
//     for enforcement. What this question shows about sponsors is for the children's safety; no immigration status is
//     kept here.
// omits: Undated documents, and copies whose number was not read. Two records of one person count as two sponsors: see
//   sponsorsUnderSeveralRecords.
// example: { identityDocumentsSharedBySponsors(first: 20) {
//     totalCount
//     nodes { sponsorCount childCount lastPresentedOn document { key kind sponsors { nodes { id lastName } } } }
//   } }

MATCH (document:IdentityDocument)
WHERE document.presentedOn <= $asOf AND document.key IS NOT NULL
WITH document, COLLECT {
  MATCH (same:IdentityDocument)
  WHERE same.numberHash = document.numberHash AND same.key IS NOT NULL AND same.presentedOn <= $asOf
  RETURN same
} AS copies
WHERE (size(copies) > 1 OR COUNT { (document)<-[:PRESENTED]-() } > 1)
  AND none(copy IN copies WHERE copy.key < document.key)
UNWIND CASE WHEN size(copies) > 0 THEN copies ELSE [document] END AS copy
MATCH (copy)<-[:PRESENTED]-(sponsor)
WITH document, collect(DISTINCT sponsor) AS sponsors, max(copy.presentedOn) AS lastPresentedOn
WHERE size(sponsors) >= $minSponsors
RETURN document, size(sponsors) AS sponsorCount, lastPresentedOn, COUNT {
  UNWIND sponsors AS sponsor
  MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
  WHERE placement.releasedOn <= $asOf
  RETURN DISTINCT child
} AS childCount
