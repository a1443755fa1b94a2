// name: asylumDeniedWithoutNotice
// title: Asylum denied and no Notice to Appear
// question: Who was denied asylum, and has no Notice to Appear filed with a court? A row is a child with an application
//   for asylum (form I-589) that was denied at least minDays days ago, and for whom no notice is on record as filed by
//   the day asked about. An application before the courts (EOIR or an office of it) does not count, since its denial is
//   part of a case; one before another agency does, and so does one whose agency is not on record. Undated denials do
//   not count. If there are several denials, the first is shown.
// parameters:
//   minDays: Int = 30 (at least 0, at most 36500) (keeps daysSinceDenial >= it) -- Minimum number of days since the
//     denial.
//   asOf: Date = today -- Only denials and notices dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   application: ReliefApplication! -- The application that was denied; ties go to the first key.
//   noticeState: String! -- NOT_ISSUED; NOT_SERVED: issued but not served; NOT_FILED: served but not filed.
//   deniedOn: Date! of ReliefApplication.decidedOn -- Day of the denial.
//   daysSinceDenial: Int! -- Days from the denial to the day asked about.
// key: child
// order: daysSinceDenial DESC
// severity: MEDIUM
// source: default
// rules:
//   8 USC 1158(b)(3)(C) (from 2009-03-23) -- An asylum officer of USCIS has initial jurisdiction over an unaccompanied
//     child's application for asylum.
//   8 CFR 208.14(c)(1) (from 1995-01-04) (secondary) -- An asylum officer who does not grant asylum to somebody
//     removable refers the application to an immigration judge, with the charging document; the summary of the rule of
//     1994-12-05 in the Federal Register reports the referral.
// omits: Denials of other relief. Children with another application pending are not set apart. Whether a child has
//   left, or has another status, is not on record here.
// example: { asylumDeniedWithoutNotice(first: 20) {
//     totalCount
//     nodes { daysSinceDenial noticeState child { id aNumber } application { form filedOn } }
//   } }

// The key is named because the index holds it after the day.
MATCH (application:ReliefApplication)
WHERE application.status = 'DENIED' AND application.key IS NOT NULL
  AND application.form = 'I_589' AND application.decidedOn <= $asOf - duration({days: $minDays})
  AND NOT EXISTS { (application)-[:BEFORE]->()-[:PART_OF]->*({code: 'EOIR'}) }
MATCH (application)<-[:APPLIED_FOR]-(child)
WHERE NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf }
// The smallest list is that of the first denial.
WITH child, min([application.decidedOn, application.key, application])[2] AS application
RETURN
  child,
  application,
  CASE
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $asOf } THEN 'NOT_FILED'
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.issuedOn <= $asOf } THEN 'NOT_SERVED'
    ELSE 'NOT_ISSUED'
  END AS noticeState,
  application.decidedOn AS deniedOn,
  duration.inDays(application.decidedOn, $asOf).days AS daysSinceDenial
