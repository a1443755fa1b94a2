// name: childrenWithoutNoticeToAppear
// title: Children without a Notice to Appear
// question: For which children has no Notice to Appear been filed with an immigration court? A notice that was issued
//   or served but not filed, or whose day of filing is unknown, does not count as filed. Children whose transfer to HHS
//   (their entry, where no transfer is on record) came after the day asked about are left out; a child with neither day
//   on record counts. A child with an application for relief may rightly have no court case. A child is in care when no
//   release is on record, unless a stay in custody has ended and none lasts; when its latest release has ended in a
//   return to HHS custody (its reason names a return, and HHS, ORR, custody or care); or when it was transferred to HHS
//   or admitted after that release, and not discharged. An undated release is a release, earlier than any dated one; of
//   two on one day, the later key is the latest.
// parameters:
//   noticeState: [String!] = ["NOT_ISSUED", "NOT_SERVED", "NOT_FILED"] (public) -- How far the notice got; every stage
//     unless given.
//   includeReliefPending: Boolean = true -- Whether children with an application for relief pending count.
//   includeInCare: Boolean = true -- Whether children who are in HHS care count.
//   includeGrownUp: Boolean = true -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only transfers, notices, applications, releases and custody dated up to this day count; days
//     are counted to it.
// columns:
//   child: Child -- The child.
//   daysSinceRelease: Int -- Days since the latest release to a sponsor; unknown when none has a day.
//   noticeState: String! -- NOT_ISSUED; NOT_SERVED: issued but not served; NOT_FILED: served but not filed.
//   reliefPending: Boolean! -- Whether an application for relief is pending.
//   inCare: Boolean! -- Whether the child is in HHS care.
//   grownUp: Boolean -- Whether the child has turned 18; unknown when the date of birth is.
// key: child
// order: daysSinceRelease DESC
// severity: MEDIUM
// source: default; the DHS inspector general's alert of August 2024 counts 291,000 children on whom ICE had not served
//   a Notice to Appear, which are those not issued and not served; it gives no number of those served and not filed.
// rules:
//   8 USC 1229(a)(1) (from 1997-04-01) -- Removal proceedings need a written Notice to Appear, served on the child.
//   8 CFR 1003.14(a) (from 1997-04-01) (secondary) -- A court has jurisdiction once the notice is filed with it;
//     legalclarity.org reports it, and 8 CFR 1003.13 makes the notice the charging document since that day.
// omits: Whether a notice should have been given: a child may have relief, or have left the country. A notice that is
//   linked to another record of the same child is not found.
// example: { childrenWithoutNoticeToAppear(includeReliefPending: false, first: 20) {
//     totalCount
//     nodes { daysSinceRelease noticeState child { id aNumber noticesToAppear { nodes { issuedOn servedOn } } } }
//   } }
// scans:
//   Child -- What is asked about is what is not there, which no index holds; a degree tells of most children.

MATCH (child:Child)
WHERE coalesce(child.transferredOn, child.enteredOn, $asOf) <= $asOf
  AND (
    NOT EXISTS { (child)-[:HAS_NOTICE]->() }
    OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $asOf }
  )
WITH
  child,
  // Of two releases on a day, the one whose key comes last; one without a day comes before all others.
  COLLECT {
    MATCH (child)-[:HAS_PLACEMENT]->(placement)
    WHERE coalesce(placement.releasedOn <= $asOf, true)
    RETURN placement ORDER BY coalesce(placement.releasedOn, date('0001-01-01')) DESC, placement.key DESC LIMIT 1
  }[0] AS latest,
  CASE
    WHEN NOT EXISTS { (child)-[:HAS_NOTICE]->() } THEN 'NOT_ISSUED'
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $asOf } THEN 'NOT_FILED'
    WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.issuedOn <= $asOf } THEN 'NOT_SERVED'
    ELSE 'NOT_ISSUED'
  END AS noticeState
WHERE noticeState IN $noticeState
WITH
  child,
  latest,
  noticeState,
  EXISTS {
    MATCH (child)-[:APPLIED_FOR]->(application)
    WHERE application.filedOn <= $asOf AND coalesce(application.decidedOn > $asOf, application.status = 'PENDING')
  } AS reliefPending,
  CASE
    WHEN latest IS NULL AND NOT EXISTS {
      MATCH (child)-[:HAS_EPISODE]->(ended) WHERE ended.dischargedOn <= $asOf
    } THEN true
    WHEN latest.endedOn <= $asOf
      AND latest.endReason =~ '(?is).*return.*'
      AND latest.endReason =~ '(?is).*\\b(hhs|orr|custody|care)\\b.*' THEN true
    ELSE EXISTS {
      MATCH (child)-[:HAS_EPISODE]->(episode)
      WHERE coalesce(episode.dischargedOn > $asOf, true)
        AND ANY(
          day IN [episode.transferredOn, episode.admittedOn]
          WHERE (latest IS NULL OR latest.releasedOn < day) AND day <= $asOf
        )
    }
  END AS inCare,
  child.dateOfBirth <= $asOf - duration({years: 18}) AS grownUp
WHERE ($includeReliefPending OR NOT reliefPending)
  AND ($includeInCare OR NOT inCare)
  AND ($includeGrownUp OR NOT coalesce(grownUp, false))
RETURN
  child,
  duration.inDays(latest.releasedOn, $asOf).days AS daysSinceRelease,
  noticeState,
  reliefPending,
  inCare,
  grownUp
