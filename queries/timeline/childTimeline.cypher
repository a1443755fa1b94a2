// name: childTimeline
// title: One child's merged timeline
// question: What do all agencies have on record about a child, in the order in which it happened? Each row is one fact:
//   what happened, of which record, and which agency the record is of or comes from. The field `timeline` of a child
//   tells the same events, with the records themselves and more of what they say.
// parameters:
//   child: String! (key of Child) -- The key of the child.
//   asOf: Date = today -- Only what happened up to this day.
// columns:
//   happenedOn: Date! -- The day.
//   rank: Int! -- The place of the event among those of one day.
//   event: String! -- What happened.
//   detail: String -- What the record says of it: a relationship, an outcome (of a hearing the child's own where it has
//     one, of a contact also who was reached), a form, a channel.
//   agency: String -- Code of the agency that the record is of or comes from; if several, the first.
//   source: String of Source.system or Source.file -- Name of the system or file from which the record was first
//     learned; ties go to the first key.
//   learnedAt: DateTime of FROM_SOURCE.recordedAt -- When the record was first learned from there.
//   record: String! -- Key of the record: of a node, or of a relationship such as an agency's recording.
//   subject: Child -- The child.
// key: event, record
// order: happenedOn, rank
// severity: LOW
// source: default
// omits: Undated facts.
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
      [subject.dateOfBirth, 'BORN', null, 0],
      [subject.enteredOn, 'ENTERED', null, 1],
      [subject.transferredOn, 'TRANSFERRED', null, 2]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->(placement)
  RETURN
    placement.key AS record,
    placement AS origin,
    null AS agency,
    [
      [placement.releasedOn, 'RELEASED', placement.relationship, 3],
      [placement.endedOn, 'PLACEMENT_ENDED', null, 4]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->()-[:HAS_HOME_STUDY]->(study)
  RETURN
    study.key AS record,
    study AS origin,
    null AS agency,
    [
      [study.orderedOn, 'HOME_STUDY_ORDERED', null, 5],
      [study.completedOn, 'HOME_STUDY_COMPLETED', study.recommendation, 6]
    ] AS facts
  UNION
  MATCH (subject)-[report:RESIDES_AT]->()
  RETURN
    coalesce(report.key, elementId(report)) AS record,
    null AS origin,
    report.reportedBy AS agency,
    [[report.since, 'RESIDENCE_BEGAN', null, 7], [report.until, 'RESIDENCE_ENDED', null, 8]] AS facts
  UNION
  MATCH (subject)-[:HAS_NOTICE]->(notice)
  RETURN
    notice.key AS record,
    notice AS origin,
    null AS agency,
    [
      [notice.issuedOn, 'NOTICE_ISSUED', null, 9],
      [notice.servedOn, 'NOTICE_SERVED', null, 10],
      [notice.filedOn, 'NOTICE_FILED', null, 11]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->(courtCase)
  RETURN
    courtCase.key AS record,
    courtCase AS origin,
    COLLECT { MATCH (courtCase)-[:VENUED_AT]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [[courtCase.openedOn, 'CASE_OPENED', null, 12], [courtCase.closedOn, 'CASE_CLOSED', courtCase.status, 13]] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(hearing)
  RETURN
    hearing.key AS record,
    hearing AS origin,
    coalesce(
      COLLECT { MATCH (hearing)-[:HELD_AT]->(office) RETURN office.code ORDER BY office.code }[0],
      COLLECT {
        MATCH (hearing)<-[:HAS_HEARING]-()-[:VENUED_AT]->(office) RETURN office.code ORDER BY office.code
      }[0]
    ) AS agency,
    [
      [hearing.noticeSentOn, 'HEARING_NOTICE_SENT', null, 14],
      [
        hearing.scheduledOn,
        'HEARING',
        coalesce(
          COLLECT {
            MATCH (subject)-[own:HAD_OUTCOME]->(hearing)
            WHERE own.outcome IS NOT NULL
            RETURN own.outcome ORDER BY own.outcome <> 'MISSED', own.outcome
          }[0],
          hearing.outcome
        ),
        15
      ]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[recording:RECORDED]-(office)
  RETURN
    coalesce(recording.key, elementId(recording)) AS record,
    null AS origin,
    office.code AS agency,
    [[recording.recordedOn, 'HEARING_RECORDED', recording.outcome, 16]] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()-[:RESULTED_IN]->(courtOrder)
  RETURN
    courtOrder.key AS record,
    courtOrder AS origin,
    coalesce(
      COLLECT {
        MATCH (courtOrder)<-[:RESULTED_IN]-()-[:HELD_AT]->(office) RETURN office.code ORDER BY office.code
      }[0],
      COLLECT {
        MATCH (courtOrder)<-[:RESULTED_IN]-()<-[:HAS_HEARING]-()-[:VENUED_AT]->(office)
        RETURN office.code ORDER BY office.code
      }[0]
    ) AS agency,
    [[courtOrder.issuedOn, 'ORDER_ISSUED', courtOrder.kind, 17]] AS facts
  UNION
  MATCH (subject)-[:HAS_CONTACT]->(attempt)
  RETURN
    attempt.key AS record,
    attempt AS origin,
    COLLECT { MATCH (attempt)-[:MADE_BY]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [[attempt.attemptedOn, 'CONTACT_ATTEMPTED', coalesce(attempt.outcome + ' ' + attempt.reached, attempt.outcome), 18]] AS facts
  UNION
  MATCH (subject)-[:APPLIED_FOR]->(application)
  RETURN
    application.key AS record,
    application AS origin,
    COLLECT { MATCH (application)-[:BEFORE]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [application.filedOn, 'RELIEF_FILED', application.form, 19],
      [application.decidedOn, 'RELIEF_DECIDED', application.status, 20]
    ] AS facts
  UNION
  MATCH (subject)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[:ABOUT]-(message)
  RETURN
    message.key AS record,
    message AS origin,
    COLLECT { MATCH (message)-[:SENT_TO]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [message.sentAt, 'NOTIFICATION_SENT', message.channel, 21],
      [message.acknowledgedAt, 'NOTIFICATION_ACKNOWLEDGED', message.channel, 22]
    ] AS facts
  UNION
  MATCH (subject)<-[:CONCERNS]-(concern)
  RETURN
    concern.key AS record,
    concern AS origin,
    COLLECT { MATCH (concern)-[:REFERRED_TO]->(office) RETURN office.code ORDER BY office.code }[0] AS agency,
    [
      [concern.reportedOn, 'CONCERN_REPORTED', concern.kind, 23],
      [concern.receivedOn, 'CONCERN_RECEIVED', concern.kind, 24],
      [concern.triagedOn, 'CONCERN_TRIAGED', concern.kind, 25],
      [concern.closedOn, 'CONCERN_CLOSED', concern.kind, 26]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_EPISODE]->(episode)
  RETURN
    episode.key AS record,
    episode AS origin,
    null AS agency,
    [
      [episode.apprehendedOn, 'APPREHENDED', null, 27],
      [episode.transferredOn, 'CUSTODY_TRANSFERRED', null, 28],
      [episode.admittedOn, 'ADMITTED', null, 29],
      [episode.dischargedOn, 'DISCHARGED', episode.dischargeKind, 30]
    ] AS facts
  UNION
  MATCH (subject)<-[:FOR_CHILD]-(application)
  RETURN
    application.key AS record,
    application AS origin,
    null AS agency,
    [
      [application.filedOn, 'SPONSOR_APPLIED', null, 31],
      [application.decidedOn, 'SPONSOR_DECIDED', application.decision, 32]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->()-[:HAS_CHECK]->(check)
  RETURN
    check.key AS record,
    check AS origin,
    null AS agency,
    [
      [check.requestedOn, 'CHECK_REQUESTED', check.kind, 33],
      [check.resultOn, 'CHECK_RESULT', check.result, 34]
    ] AS facts
  UNION
  MATCH (subject)-[:HAS_PLACEMENT]->()-[:HAS_SERVICE]->(service)
  RETURN
    service.key AS record,
    service AS origin,
    null AS agency,
    [
      [service.orderedOn, 'SERVICES_ORDERED', service.level, 35],
      [service.startedOn, 'SERVICES_STARTED', service.level, 36],
      [service.endedOn, 'SERVICES_ENDED', service.level, 37]
    ] AS facts
  UNION
  MATCH (subject)-[:REPRESENTED_BY]->(representation)
  RETURN
    representation.key AS record,
    representation AS origin,
    null AS agency,
    [
      [representation.enteredOn, 'REPRESENTATION_BEGAN', representation.kind, 38],
      [representation.withdrawnOn, 'REPRESENTATION_ENDED', representation.kind, 39]
    ] AS facts
}
UNWIND facts AS fact
WITH subject, record, origin, agency, fact
WHERE fact[0] IS NOT NULL
// An instant counts for its day in UTC.
WITH subject, record, origin, agency, fact, CASE
  WHEN fact[0] IS :: DATE THEN fact[0]
  ELSE date(datetime({datetime: fact[0], timezone: 'Z'}))
END AS happenedOn
WITH subject, record, origin, agency, happenedOn, fact[1] AS event, fact[2] AS detail, fact[3] AS rank
WHERE happenedOn <= $asOf
CALL (origin) {
  OPTIONAL MATCH (origin)-[learned:FROM_SOURCE]->(system)
  RETURN coalesce(system.system, system.file) AS source, learned.recordedAt AS learnedAt
  ORDER BY learned.recordedAt, system.key
  LIMIT 1
}
RETURN happenedOn, rank, event, detail, agency, source, learnedAt, record, subject
