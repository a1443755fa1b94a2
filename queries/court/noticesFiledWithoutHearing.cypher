// name: noticesFiledWithoutHearing
// title: Notices filed and no hearing set
// question: Which children have a Notice to Appear filed with a court, but no hearing? A row is a child and a notice
//   that was filed at least minDays days ago, with no hearing set in any case of the child or of the notice. A hearing
//   counts as set whatever its day, and even undated, unless it was taken off the calendar (CANCELLED; the child's own
//   outcome takes precedence over the hearing's) or its notice of hearing was sent only after the day asked about. A
//   notice whose case is closed waits for no hearing: where cases are on record by that day, one of them must be open;
//   a case without a day of opening is on record, but not open. A case is open once it has been opened, while its
//   status is pending, whatever an earlier closing day says, or while its closing day is after the day asked about.
// parameters:
//   minDays: Int = 30 (at least 0, at most 36500) (keeps daysSinceFiling >= it) -- Minimum number of days since the
//     notice was filed.
//   asOf: Date = today -- Only notices and cases dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   notice: NoticeToAppear -- The notice.
//   courtCase: CourtCase -- The open case; if several, the one opened first; none when no case is on record.
//   filedOn: Date! of NoticeToAppear.filedOn -- Day on which the notice was filed.
//   daysSinceFiling: Int! -- Days from the filing to the day asked about.
// key: child, notice
// order: daysSinceFiling DESC
// severity: MEDIUM
// source: default
// rules:
//   8 USC 1229(a)(1) (from 1997-04-01) -- A Notice to Appear is to give the time and place of the hearing.
//   8 CFR 1003.14(a) (from 1997-04-01) (secondary) -- A court has jurisdiction once the notice is filed with it;
//     legalclarity.org reports it, and 8 CFR 1003.13 makes the notice the charging document since that day.
// omits: Notices that the court rejected, or that were withdrawn, are not set apart: the records do not tell them from
//   others.
// example: { noticesFiledWithoutHearing(minDays: 180, first: 20) {
//     totalCount
//     nodes { daysSinceFiling filedOn child { id aNumber } courtCase { openedOn court { code } } }
//   } }

// The key is named because the index holds it after the day.
MATCH (notice:NoticeToAppear)
WHERE notice.filedOn <= $asOf - duration({days: $minDays}) AND notice.key IS NOT NULL
MATCH (notice)<-[:HAS_NOTICE]-(child)
WITH DISTINCT child, notice
CALL (child, notice) {
  MATCH (child)-[:RESPONDENT_IN]->(courtCase)
  WHERE coalesce(courtCase.openedOn <= $asOf, true)
  RETURN courtCase
  UNION
  MATCH (notice)-[:FILED_IN]->(courtCase)
  WHERE coalesce(courtCase.openedOn <= $asOf, true)
  RETURN courtCase
  UNION
  RETURN null AS courtCase
}
WITH
  child,
  notice,
  count(courtCase) AS caseCount,
  collect(courtCase) AS cases,
  min(
    CASE
      WHEN courtCase.openedOn <= $asOf AND (courtCase.status = 'PENDING' OR courtCase.closedOn > $asOf)
        THEN [courtCase.openedOn, courtCase.key, courtCase]
    END
  )[2] AS courtCase
WHERE (courtCase IS NOT NULL OR caseCount = 0)
  AND NOT EXISTS {
    UNWIND cases AS one
    MATCH (one)-[:HAS_HEARING]->(hearing)
    WHERE coalesce(hearing.noticeSentOn <= $asOf, true)
    OPTIONAL MATCH (child)-[own:HAD_OUTCOME]->(hearing)
    WITH hearing, coalesce(own.outcome, hearing.outcome, 'SCHEDULED') AS outcome
    WHERE outcome <> 'CANCELLED'
    RETURN hearing
  }
RETURN
  child,
  notice,
  courtCase,
  notice.filedOn AS filedOn,
  duration.inDays(notice.filedOn, $asOf).days AS daysSinceFiling
