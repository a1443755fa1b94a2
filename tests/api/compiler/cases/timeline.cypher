CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child) WHERE (c0.key = $p[1])
  RETURN [COLLECT {
    CALL (c0) {
      WITH c0 AS n1
      WITH DISTINCT n1, null AS code2
      UNWIND [[n1.dateOfBirth, 0, [], code2, null], [n1.enteredOn, 1, [], code2, null], [n1.transferredOn, 2, [], code2, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->(n1)
      WITH DISTINCT n1, null AS code5
      UNWIND [[n1.releasedOn, 3, [('CATEGORY_' + n1.sponsorCategory), n1.relationship], code5, null], [n1.endedOn, 4, [], code5, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->()-[:HAS_HOME_STUDY]->(n1)
      WITH DISTINCT n1, null AS code6
      UNWIND [[n1.orderedOn, 5, [], code6, null], [n1.completedOn, 6, [n1.recommendation], code6, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[r7:RESIDES_AT]->(n1)
      WITH DISTINCT n1, r7, r7.reportedBy AS code8
      UNWIND [[r7.since, 7, [], code8, r7.reportedOn], [r7.until, 8, [], code8, r7.reportedOn]] AS fact3
      RETURN n1, null AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_NOTICE]->(n1)
      WITH DISTINCT n1, null AS code9
      UNWIND [[n1.issuedOn, 9, [], code9, null], [n1.servedOn, 10, [], code9, null], [n1.filedOn, 11, [], code9, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->(n1)
      WITH DISTINCT n1, head(COLLECT {
        MATCH (n1)-[:VENUED_AT]->(a10)
        RETURN a10.code ORDER BY a10.code LIMIT 1
      }) AS code11
      UNWIND [[n1.openedOn, 12, [], code11, null], [n1.closedOn, 13, [n1.status], code11, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(n1)
      WITH DISTINCT n1, coalesce(head(COLLECT {
        MATCH (n1)-[:HELD_AT]->(a12)
        RETURN a12.code ORDER BY a12.code LIMIT 1
      }), head(COLLECT {
        MATCH (n1)<-[:HAS_HEARING]-()-[:VENUED_AT]->(a13)
        RETURN a13.code ORDER BY a13.code LIMIT 1
      })) AS code14
      UNWIND [[n1.noticeSentOn, 14, [], code14, null], [n1.scheduledOn, 15, [n1.kind, coalesce(head(COLLECT {
        MATCH (c0)-[own15:HAD_OUTCOME]->(n1) WHERE own15.outcome IS NOT NULL
        RETURN own15.outcome ORDER BY (own15.outcome <> 'MISSED'), own15.outcome LIMIT 1
      }), n1.outcome)], code14, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(n1)<-[r16:RECORDED]-(a17)
      WITH DISTINCT n1, r16, a17.code AS code18
      UNWIND [[r16.recordedOn, 16, [r16.outcome], code18, r16.recordedOn]] AS fact3
      RETURN n1, null AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()-[:RESULTED_IN]->(n1)
      WITH DISTINCT n1, coalesce(head(COLLECT {
        MATCH (n1)<-[:RESULTED_IN]-()-[:HELD_AT]->(a19)
        RETURN a19.code ORDER BY a19.code LIMIT 1
      }), head(COLLECT {
        MATCH (n1)<-[:RESULTED_IN]-()<-[:HAS_HEARING]-()-[:VENUED_AT]->(a20)
        RETURN a20.code ORDER BY a20.code LIMIT 1
      })) AS code21
      UNWIND [[n1.issuedOn, 17, [n1.kind, CASE WHEN n1.inAbsentia THEN 'IN_ABSENTIA' ELSE null END], code21, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_CONTACT]->(n1)
      WITH DISTINCT n1, head(COLLECT {
        MATCH (n1)-[:MADE_BY]->(a22)
        RETURN a22.code ORDER BY a22.code LIMIT 1
      }) AS code23
      UNWIND [[n1.attemptedOn, 18, [n1.kind, n1.outcome, n1.reached], code23, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:APPLIED_FOR]->(n1)
      WITH DISTINCT n1, head(COLLECT {
        MATCH (n1)-[:BEFORE]->(a24)
        RETURN a24.code ORDER BY a24.code LIMIT 1
      }) AS code25
      UNWIND [[n1.filedOn, 19, [n1.form], code25, null], [n1.decidedOn, 20, [n1.form, n1.status], code25, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[:ABOUT]-(n1)
      WITH DISTINCT n1, head(COLLECT {
        MATCH (n1)-[:SENT_TO]->(a26)
        RETURN a26.code ORDER BY a26.code LIMIT 1
      }) AS code27
      UNWIND [[CASE WHEN n1.sentAt IS NOT NULL THEN date(datetime({datetime: n1.sentAt, timezone: 'Z'})) ELSE null END, 21, [n1.event, n1.channel, n1.status], code27, null], [CASE WHEN n1.acknowledgedAt IS NOT NULL THEN date(datetime({datetime: n1.acknowledgedAt, timezone: 'Z'})) ELSE null END, 22, [n1.event, n1.channel], code27, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)<-[:CONCERNS]-(n1)
      WITH DISTINCT n1, head(COLLECT {
        MATCH (n1)-[:REFERRED_TO]->(a28)
        RETURN a28.code ORDER BY a28.code LIMIT 1
      }) AS code29
      UNWIND [[n1.reportedOn, 23, [n1.kind, n1.source], code29, null], [n1.receivedOn, 24, [n1.kind], code29, null], [n1.triagedOn, 25, [n1.kind], code29, null], [n1.closedOn, 26, [n1.kind], code29, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_EPISODE]->(n1)
      WITH DISTINCT n1, null AS code30
      UNWIND [[n1.apprehendedOn, 27, [], code30, null], [n1.transferredOn, 28, [], code30, null], [n1.admittedOn, 29, [], code30, null], [n1.dischargedOn, 30, [n1.dischargeKind], code30, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)<-[:FOR_CHILD]-(n1)
      WITH DISTINCT n1, null AS code31
      UNWIND [[n1.filedOn, 31, [], code31, null], [n1.decidedOn, 32, [n1.decision], code31, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->()-[:HAS_CHECK]->(n1)
      WITH DISTINCT n1, null AS code32
      UNWIND [[n1.requestedOn, 33, [n1.kind, n1.subject], code32, null], [n1.resultOn, 34, [n1.kind, n1.subject, n1.result], code32, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->()-[:HAS_SERVICE]->(n1)
      WITH DISTINCT n1, null AS code33
      UNWIND [[n1.orderedOn, 35, [n1.level], code33, null], [n1.startedOn, 36, [n1.level], code33, null], [n1.endedOn, 37, [n1.level], code33, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
      UNION ALL
      MATCH (c0)-[:REPRESENTED_BY]->(n1)
      WITH DISTINCT n1, null AS code34
      UNWIND [[n1.enteredOn, 38, [n1.kind], code34, null], [n1.withdrawnOn, 39, [n1.kind], code34, null]] AS fact3
      RETURN n1, n1 AS origin4, fact3
    }
    WITH n1, origin4, fact3 WHERE (fact3[0] <= $p[2])
    WITH n1, origin4, fact3 ORDER BY fact3[0], fact3[1], n1.key, fact3
    RETURN [toString(fact3[0]), fact3[1], [fact3[1], fact3[2]], fact3[3], toString(coalesce(fact3[4], head(COLLECT {
      MATCH (origin4)-[r35:FROM_SOURCE]->() WHERE (r35.recordedAt IS NOT NULL AND (date(datetime({datetime: r35.recordedAt, timezone: 'Z'})) >= fact3[0]))
      RETURN date(datetime({datetime: r35.recordedAt, timezone: 'Z'})) ORDER BY r35.recordedAt LIMIT 1
    }))), head(COLLECT {
      MATCH (origin4)-[r36:FROM_SOURCE]->(s37)
      WITH s37, r36 ORDER BY r36.recordedAt, s37.key LIMIT 1
      RETURN [s37.system]
    }), [-1, labels(n1), n1.key]]
  }]
})]
