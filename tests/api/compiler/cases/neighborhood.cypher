CYPHER 25
RETURN [head(COLLECT {
  WITH COLLECT {
    UNWIND $p[1] AS id0
    CALL (id0) {
      MATCH (n1:Child) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Child'))
      RETURN n1
      UNION ALL
      MATCH (n1:Sponsor) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Sponsor'))
      RETURN n1
      UNION ALL
      MATCH (n1:Placement) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Placement'))
      RETURN n1
      UNION ALL
      MATCH (n1:Address) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Address'))
      RETURN n1
      UNION ALL
      MATCH (n1:PostalArea) WHERE ((n1.key = id0[1]) AND (id0[0] = 'PostalArea'))
      RETURN n1
      UNION ALL
      MATCH (n1:Phone) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Phone'))
      RETURN n1
      UNION ALL
      MATCH (n1:Agency) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Agency'))
      RETURN n1
      UNION ALL
      MATCH (n1:NoticeToAppear) WHERE ((n1.key = id0[1]) AND (id0[0] = 'NoticeToAppear'))
      RETURN n1
      UNION ALL
      MATCH (n1:CourtCase) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CourtCase'))
      RETURN n1
      UNION ALL
      MATCH (n1:Hearing) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Hearing'))
      RETURN n1
      UNION ALL
      MATCH (n1:CourtOrder) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CourtOrder'))
      RETURN n1
      UNION ALL
      MATCH (n1:ContactAttempt) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ContactAttempt'))
      RETURN n1
      UNION ALL
      MATCH (n1:HomeStudy) WHERE ((n1.key = id0[1]) AND (id0[0] = 'HomeStudy'))
      RETURN n1
      UNION ALL
      MATCH (n1:ReliefApplication) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ReliefApplication'))
      RETURN n1
      UNION ALL
      MATCH (n1:Notification) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Notification'))
      RETURN n1
      UNION ALL
      MATCH (n1:Employer) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Employer'))
      RETURN n1
      UNION ALL
      MATCH (n1:LaborViolation) WHERE ((n1.key = id0[1]) AND (id0[0] = 'LaborViolation'))
      RETURN n1
      UNION ALL
      MATCH (n1:ConcernReport) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ConcernReport'))
      RETURN n1
      UNION ALL
      MATCH (n1:CustodyEpisode) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CustodyEpisode'))
      RETURN n1
      UNION ALL
      MATCH (n1:HouseholdMember) WHERE ((n1.key = id0[1]) AND (id0[0] = 'HouseholdMember'))
      RETURN n1
      UNION ALL
      MATCH (n1:BackgroundCheck) WHERE ((n1.key = id0[1]) AND (id0[0] = 'BackgroundCheck'))
      RETURN n1
      UNION ALL
      MATCH (n1:SponsorApplication) WHERE ((n1.key = id0[1]) AND (id0[0] = 'SponsorApplication'))
      RETURN n1
      UNION ALL
      MATCH (n1:IdentityDocument) WHERE ((n1.key = id0[1]) AND (id0[0] = 'IdentityDocument'))
      RETURN n1
      UNION ALL
      MATCH (n1:Representation) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Representation'))
      RETURN n1
      UNION ALL
      MATCH (n1:PostReleaseService) WHERE ((n1.key = id0[1]) AND (id0[0] = 'PostReleaseService'))
      RETURN n1
      UNION ALL
      MATCH (n1:Source) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Source'))
      RETURN n1
      UNION ALL
      MATCH (n1:Finding) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Finding'))
      RETURN n1
      UNION ALL
      MATCH (n1:FindingChange) WHERE ((n1.key = id0[1]) AND (id0[0] = 'FindingChange'))
      RETURN n1
    }
    RETURN n1
  } AS roots2 WHERE (size(roots2) = 1)
  WITH reduce(s3 = [[roots2[0], 0, null]], i4 IN range(1, $p[2]) | (s3 + COLLECT {
    UNWIND [e5 IN s3 WHERE (e5[1] = (i4 - 1)) | e5[0]] AS n6
    WITH n6 WHERE (((n6 = roots2[0]) OR NOT (n6:Finding)) AND NOT ((n6:Agency OR n6:PostalArea OR n6:Source OR ((COUNT { (n6)--() } - COUNT { (n6)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100))))
    MATCH (n6)-[r7:ABOUT|APPLIED_FOR|BEFORE|CHECK_OF|CITED_FOR|CONCERNS|FILED_IN|FOR_CHILD|FROM_SOURCE|HAD_OUTCOME|HAS_CHANGE|HAS_CHECK|HAS_CONTACT|HAS_EPISODE|HAS_EVIDENCE|HAS_HEARING|HAS_HOME_STUDY|HAS_NOTICE|HAS_PHONE|HAS_PLACEMENT|HAS_SERVICE|HAS_SUBJECT|HELD_AT|IN_AREA|IN_CASE|LIVES_WITH|LOCATED_AT|MADE_APPLICATION|MADE_BY|NAMES|NOTICE_SENT_TO|PART_OF|PRESENTED|RECORDED|REFERRED_TO|RELEASED_IN|RELEASED_TO|REPRESENTED_BY|RESIDES_AT|RESPONDENT_IN|RESPONSIBLE_FOR|RESULTED_IN|SENT_BY|SENT_TO|SIBLING_OF|VENUED_AT|WITH_SPONSOR]-(m8) WHERE (type(r7) IN $p[3])
    WITH m8, head(collect(r7)) AS r7 WHERE NOT ((m8 IN [e5 IN s3 | e5[0]]))
    WITH m8, r7 ORDER BY m8.key, labels(m8)[0] LIMIT $p[4]
    RETURN [m8, i4, r7]
  }[..($p[4] - size(s3))])) AS found9
  WITH found9, found9[..$p[5]] AS shown10
  RETURN [(size(found9) > $p[5]), COLLECT {
    UNWIND shown10 AS e11
    WITH e11[0] AS n12, e11[1] AS d13
    RETURN [d13, (COUNT { (n12)--() } - COUNT { (n12)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }), (n12:Agency OR n12:PostalArea OR n12:Source OR ((COUNT { (n12)--() } - COUNT { (n12)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100)), [-1, labels(n12), n12.key]]
  }, COLLECT {
    UNWIND ([e14 IN shown10 WHERE e14[2] IS NOT NULL | e14[2]] + COLLECT {
      UNWIND [e14 IN shown10 | e14[0]] AS n15
      WITH n15 WHERE NOT ((n15:Agency OR n15:PostalArea OR n15:Source OR ((COUNT { (n15)--() } - COUNT { (n15)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100)))
      MATCH (n15)-[r16:ABOUT|APPLIED_FOR|BEFORE|CHECK_OF|CITED_FOR|CONCERNS|FILED_IN|FOR_CHILD|FROM_SOURCE|HAD_OUTCOME|HAS_CHANGE|HAS_CHECK|HAS_CONTACT|HAS_EPISODE|HAS_EVIDENCE|HAS_HEARING|HAS_HOME_STUDY|HAS_NOTICE|HAS_PHONE|HAS_PLACEMENT|HAS_SERVICE|HAS_SUBJECT|HELD_AT|IN_AREA|IN_CASE|LIVES_WITH|LOCATED_AT|MADE_APPLICATION|MADE_BY|NAMES|NOTICE_SENT_TO|PART_OF|PRESENTED|RECORDED|REFERRED_TO|RELEASED_IN|RELEASED_TO|REPRESENTED_BY|RESIDES_AT|RESPONDENT_IN|RESPONSIBLE_FOR|RESULTED_IN|SENT_BY|SENT_TO|SIBLING_OF|VENUED_AT|WITH_SPONSOR]-(m17) WHERE ((type(r16) IN $p[3]) AND (m17 IN [e14 IN shown10 | e14[0]]))
      WITH DISTINCT r16
      RETURN r16
    }) AS r16
    WITH type(r16) AS t18, startNode(r16) AS a19, endNode(r16) AS b20, head(collect(r16)) AS r16
    WITH r16 ORDER BY t18, a19.key, labels(a19)[0], b20.key, labels(b20)[0]
    RETURN [type(r16), [labels(startNode(r16)), startNode(r16).key], [labels(endNode(r16)), endNode(r16).key]]
  }]
})]
