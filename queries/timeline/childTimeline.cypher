// name: childTimeline
// title: One child's merged timeline
// question: What do all agencies have on record about a child, in the order in which it happened? A fact without a day
//   is left out. Each row is one fact: what happened, of which record, and which agency the record is of or comes from.
//   The field `timeline` of a child tells the same together with each record itself.
// parameters:
//   child: String! -- The key of the child.
//   asOf: Date = today -- Only what happened up to this day.
// columns:
//   happenedOn: Date! -- The day.
//   event: String! -- What happened.
//   detail: String -- What the record says of it: a category, an outcome, a form.
//   agency: String -- Code of the agency that the record is of or comes from.
//   source: String -- Name of the system or file from which the record was first learned.
//   learnedAt: DateTime -- When it was first learned from there.
//   record: String! -- Key of the record: of a node, or of a relationship such as an agency's recording.
//   subject: Child -- The child.
// key: happenedOn, event, record
// order: happenedOn
// severity: LOW
// source: default
// example: { childTimeline(child: "syn-child-000100001", first: 50) {
//     totalCount
//     nodes { happenedOn event detail agency source learnedAt }
//   } }

MATCH (subject:Child {key: $child})
CALL (subject) {
  RETURN
    subject.key AS record,
    subject AS origin,
    null AS agency,
    [
      [subject.dateOfBirth, 'BORN', null],
      [subject.enteredOn, 'ENTERED', null],
      [subject.transferredOn, 'TRANSFERRED', null]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->(placement)
  RETURN
    placement.key AS record,
    placement AS origin,
    null AS agency,
    [
      [placement.releasedOn, 'RELEASED', placement.sponsorCategory],
      [placement.endedOn, 'PLACEMENT_ENDED', null]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->()-[:HAS_HOME_STUDY]->(study)
  RETURN
    study.key AS record,
    study AS origin,
    null AS agency,
    [
      [study.orderedOn, 'HOME_STUDY_ORDERED', null],
      [study.completedOn, 'HOME_STUDY_COMPLETED', study.recommendation]
    ] AS facts
  UNION
  MATCH (subject)-[report:RESIDES_AT]->()
  RETURN
    report.key AS record,
    null AS origin,
    report.reportedBy AS agency,
    [[report.since, 'RESIDENCE_BEGAN', null], [report.until, 'RESIDENCE_ENDED', null]] AS facts
  UNION
  MATCH (subject)-[:HAS_NOTICE]->(notice)
  RETURN
    notice.key AS record,
    notice AS origin,
    null AS agency,
    [
      [notice.issuedOn, 'NOTICE_ISSUED', null],
      [notice.servedOn, 'NOTICE_SERVED', null],
      [notice.filedOn, 'NOTICE_FILED', null]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->(courtCase)
  RETURN
    courtCase.key AS record,
    courtCase AS origin,
    COLLECT { MATCH (courtCase)-[:VENUED_AT]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [[courtCase.openedOn, 'CASE_OPENED', null], [courtCase.closedOn, 'CASE_CLOSED', courtCase.status]] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->(courtCase)-[:HAS_HEARING]->(hearing)
  RETURN
    hearing.key AS record,
    hearing AS origin,
    COLLECT { MATCH (courtCase)-[:VENUED_AT]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [hearing.noticeSentOn, 'HEARING_NOTICE_SENT', null],
      [hearing.scheduledOn, 'HEARING', hearing.outcome]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[recording:RECORDED]-(office)
  RETURN
    recording.key AS record,
    null AS origin,
    office.code AS agency,
    [[recording.recordedOn, 'HEARING_RECORDED', recording.outcome]] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->(courtCase)-[:HAS_HEARING]->()-[:RESULTED_IN]->(courtOrder)
  RETURN
    courtOrder.key AS record,
    courtOrder AS origin,
    COLLECT { MATCH (courtCase)-[:VENUED_AT]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [[courtOrder.issuedOn, 'ORDER_ISSUED', courtOrder.kind]] AS facts
  UNION
  MATCH (subject)-[:HAS_CONTACT]->(attempt)
  RETURN
    attempt.key AS record,
    attempt AS origin,
    COLLECT { MATCH (attempt)-[:MADE_BY]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [[attempt.attemptedOn, 'CONTACT_ATTEMPTED', attempt.outcome]] AS facts
  UNION
  MATCH (subject)-[:APPLIED_FOR]->(application)
  RETURN
    application.key AS record,
    application AS origin,
    COLLECT { MATCH (application)-[:BEFORE]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [application.filedOn, 'RELIEF_FILED', application.form],
      [application.decidedOn, 'RELIEF_DECIDED', application.status]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[:ABOUT]-(message)
  RETURN
    message.key AS record,
    message AS origin,
    COLLECT { MATCH (message)-[:SENT_TO]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [message.sentAt, 'NOTIFICATION_SENT', message.channel],
      [message.acknowledgedAt, 'NOTIFICATION_ACKNOWLEDGED', message.channel]
    ] AS facts
  UNION
  MATCH (subject)<-[:CONCERNS]-(concern)
  RETURN
    concern.key AS record,
    concern AS origin,
    null AS agency,
    [[concern.reportedOn, 'CONCERN_REPORTED', concern.kind]] AS facts
}
UNWIND facts AS fact
WITH subject, record, origin, agency, fact
WHERE fact[0] IS NOT NULL
// An instant counts for its day in UTC.
WITH subject, record, origin, agency, fact, CASE
  WHEN fact[0] IS :: DATE THEN fact[0]
  ELSE date(datetime({datetime: fact[0], timezone: 'Z'}))
END AS happenedOn
WITH subject, record, origin, agency, happenedOn, fact[1] AS event, fact[2] AS detail
WHERE happenedOn <= $asOf
CALL (origin) {
  OPTIONAL MATCH (origin)-[learned:FROM_SOURCE]->(system)
  RETURN system.system AS source, learned.recordedAt AS learnedAt
  ORDER BY learned.recordedAt, system.key
  LIMIT 1
}
RETURN happenedOn, event, detail, agency, source, learnedAt, record, subject
