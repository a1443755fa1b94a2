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
    MATCH path8 = ALL SHORTEST (start3) ((m6)-[r5:ABOUT|APPLIED_FOR|BEFORE|CITED_FOR|CONCERNS|FILED_IN|FROM_SOURCE|HAS_CHANGE|HAS_CONTACT|HAS_EVIDENCE|HAS_HEARING|HAS_HOME_STUDY|HAS_NOTICE|HAS_PHONE|HAS_PLACEMENT|HAS_SUBJECT|IN_AREA|LOCATED_AT|MADE_BY|NOTICE_SENT_TO|PART_OF|RECORDED|RELEASED_IN|RELEASED_TO|RESIDES_AT|RESPONDENT_IN|RESULTED_IN|SENT_BY|SENT_TO|SIBLING_OF|VENUED_AT|WITH_SPONSOR]-(n7) WHERE ((type(r5) IN $p[2]) AND (((m6 = start3) OR (NOT (m6:Finding) AND NOT ((m6:Agency OR m6:PostalArea OR m6:Source OR ((COUNT { (m6)--() } - COUNT { (m6)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100))))) AND ((n7 = end4) OR (NOT (n7:Finding) AND NOT ((n7:Agency OR n7:PostalArea OR n7:Source OR ((COUNT { (n7)--() } - COUNT { (n7)<-[:HAS_SUBJECT|HAS_EVIDENCE]-() }) > 100)))))))){1,8} (end4)
    WITH path8 LIMIT 1000
    WITH path8 WHERE (length(path8) <= $p[3])
    WITH path8 ORDER BY [k9 IN nodes(path8) | k9.key], [t10 IN relationships(path8) | [type(t10), t10.key]] LIMIT $p[4]
    RETURN [[length(path8), [r11 IN relationships(path8) | [type(r11), [labels(startNode(r11)), startNode(r11).key], [labels(endNode(r11)), endNode(r11).key]]], COLLECT {
      UNWIND nodes(path8) AS n12
      RETURN CASE WHEN n12:Sponsor THEN [0, [n12.key, n12.lastName]] ELSE [-1, labels(n12), n12.key] END
    }]]
  }
})]
