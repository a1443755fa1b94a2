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
  } AS ends2 WHERE (size(ends2) = 2)
  WITH ends2[0] AS start3, ends2[1] AS end4
  RETURN COLLECT {
    MATCH path8 = ALL SHORTEST (start3) ((m6)-[r5:ABOUT|APPLIED_FOR|BEFORE|CHECK_OF|CITED_FOR|CONCERNS|FILED_IN|FOR_CHILD|FROM_SOURCE|HAD_OUTCOME|HAS_CHANGE|HAS_CHECK|HAS_CONTACT|HAS_EPISODE|HAS_EVIDENCE|HAS_HEARING|HAS_HOME_STUDY|HAS_NOTICE|HAS_PHONE|HAS_PLACEMENT|HAS_SERVICE|HAS_SUBJECT|HELD_AT|IN_AREA|IN_CASE|LIVES_WITH|LOCATED_AT|MADE_APPLICATION|MADE_BY|NAMES|NOTICE_SENT_TO|PART_OF|PRESENTED|RECORDED|REFERRED_TO|RELEASED_IN|RELEASED_TO|REPRESENTED_BY|RESIDES_AT|RESPONDENT_IN|RESPONSIBLE_FOR|RESULTED_IN|SENT_BY|SENT_TO|SIBLING_OF|VENUED_AT|WITH_SPONSOR]-(n7) WHERE ((type(r5) IN $p[2]) AND (((m6 = start3) OR (NOT (m6:Finding) AND NOT ((m6:Agency OR m6:PostalArea OR m6:Source OR ((COUNT { (m6)--() } - COUNT { (m6)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100))))) AND ((n7 = end4) OR (NOT (n7:Finding) AND NOT ((n7:Agency OR n7:PostalArea OR n7:Source OR ((COUNT { (n7)--() } - COUNT { (n7)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100)))))))){1,8} (end4)
    WITH path8 LIMIT 1000
    WITH path8 WHERE (length(path8) <= $p[3])
    WITH path8, nodes(path8) AS ns9, [t10 IN relationships(path8) | type(t10)] AS ts11, [t10 IN relationships(path8) | t10.key] AS ls12 ORDER BY ls12
    WITH ns9, ts11, head(collect(path8)) AS path8
    WITH path8 ORDER BY [k13 IN nodes(path8) | k13.key], ts11 LIMIT $p[4]
    RETURN [[length(path8), [r14 IN relationships(path8) | [type(r14), [labels(startNode(r14)), startNode(r14).key], [labels(endNode(r14)), endNode(r14).key]]], COLLECT {
      UNWIND nodes(path8) AS n15
      RETURN CASE WHEN n15:Sponsor THEN [0, [n15.key, n15.lastName]] ELSE [-1, labels(n15), n15.key] END
    }]]
  }
})]
