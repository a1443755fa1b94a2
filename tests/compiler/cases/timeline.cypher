CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child) WHERE (c0.key = $p[1])
  RETURN [COLLECT {
    CALL (c0) {
      WITH c0 AS n1
      WITH n1, null AS code2
      UNWIND [[n1.dateOfBirth, 0, [], code2, null], [n1.enteredOn, 1, [], code2, null], [n1.transferredOn, 2, [], code2, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->(n1)
      WITH n1, null AS code5
      UNWIND [[n1.releasedOn, 3, [('CATEGORY_' + n1.sponsorCategory), n1.relationship], code5, null], [n1.endedOn, 4, [], code5, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->()-[:HAS_HOME_STUDY]->(n1)
      WITH n1, null AS code6
      UNWIND [[n1.orderedOn, 5, [], code6, null], [n1.completedOn, 6, [n1.recommendation], code6, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[r7:RESIDES_AT]->(n1)
      WITH n1, r7, r7.reportedBy AS code8
      UNWIND [[r7.since, 7, [], code8, null], [r7.until, 8, [], code8, null]] AS fact3
      RETURN n1, null AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_NOTICE]->(n1)
      WITH n1, null AS code9
      UNWIND [[n1.issuedOn, 9, [], code9, null], [n1.servedOn, 10, [], code9, null], [n1.filedOn, 11, [], code9, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)-[:VENUED_AT]->(a10)
        RETURN a10.code ORDER BY a10.code LIMIT 1
      }) AS code11
      UNWIND [[n1.openedOn, 12, [], code11, null], [n1.closedOn, 13, [n1.status], code11, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)<-[:HAS_HEARING]-()-[:VENUED_AT]->(a12)
        RETURN a12.code ORDER BY a12.code LIMIT 1
      }) AS code13
      UNWIND [[n1.noticeSentOn, 14, [], code13, null], [n1.scheduledOn, 15, [n1.kind, n1.outcome], code13, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(n1)<-[r14:RECORDED]-(a15)
      WITH n1, r14, a15.code AS code16
      UNWIND [[r14.recordedOn, 16, [r14.outcome], code16, r14.recordedOn]] AS fact3
      RETURN n1, null AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()-[:RESULTED_IN]->(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)<-[:RESULTED_IN]-()<-[:HAS_HEARING]-()-[:VENUED_AT]->(a17)
        RETURN a17.code ORDER BY a17.code LIMIT 1
      }) AS code18
      UNWIND [[n1.issuedOn, 17, [n1.kind, CASE WHEN n1.inAbsentia THEN 'IN_ABSENTIA' ELSE null END], code18, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_CONTACT]->(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)-[:MADE_BY]->(a19)
        RETURN a19.code ORDER BY a19.code LIMIT 1
      }) AS code20
      UNWIND [[n1.attemptedOn, 18, [n1.kind, n1.outcome], code20, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:APPLIED_FOR]->(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)-[:BEFORE]->(a21)
        RETURN a21.code ORDER BY a21.code LIMIT 1
      }) AS code22
      UNWIND [[n1.filedOn, 19, [n1.form], code22, null], [n1.decidedOn, 20, [n1.form, n1.status], code22, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[:ABOUT]-(n1)
      WITH n1, head(COLLECT {
        MATCH (n1)-[:SENT_TO]->(a23)
        RETURN a23.code ORDER BY a23.code LIMIT 1
      }) AS code24
      UNWIND [[CASE WHEN n1.sentAt IS NOT NULL THEN date(datetime({datetime: n1.sentAt, timezone: 'Z'})) ELSE null END, 21, [n1.event, n1.channel, n1.status], code24, null], [CASE WHEN n1.acknowledgedAt IS NOT NULL THEN date(datetime({datetime: n1.acknowledgedAt, timezone: 'Z'})) ELSE null END, 22, [n1.event, n1.channel], code24, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)<-[:CONCERNS]-(n1)
      WITH n1, null AS code25
      UNWIND [[n1.reportedOn, 23, [n1.kind], code25, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
    }
    WITH n1, origin4, fact3 WHERE (fact3[0] <= $p[2])
    WITH n1, origin4, fact3 ORDER BY fact3[0], fact3[1], n1.key, fact3
    RETURN [toString(fact3[0]), fact3[1], [fact3[1], fact3[2]], fact3[3], toString(coalesce(fact3[4], head(COLLECT {
      MATCH (origin4)-[r26:FROM_SOURCE]->() WHERE r26.recordedAt IS NOT NULL
      RETURN date(datetime({datetime: r26.recordedAt, timezone: 'Z'})) ORDER BY r26.recordedAt LIMIT 1
    }))), head(COLLECT {
      MATCH (origin4)-[r27:FROM_SOURCE]->(s28)
      WITH s28, r27 ORDER BY r27.recordedAt, s28.key LIMIT 1
      RETURN [s28.system]
    }), [-1, labels(n1), n1.key]]
  }]
})]
