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
    MATCH path7 = ALL SHORTEST (start3) (()-[r5:ABOUT|APPLIED_FOR|BEFORE|CITED_FOR|CONCERNS|FILED_IN|FROM_SOURCE|HAS_CHANGE|HAS_CONTACT|HAS_EVIDENCE|HAS_HEARING|HAS_HOME_STUDY|HAS_NOTICE|HAS_PHONE|HAS_PLACEMENT|HAS_SUBJECT|IN_AREA|LOCATED_AT|MADE_BY|NOTICE_SENT_TO|PART_OF|RECORDED|RELEASED_IN|RELEASED_TO|RESIDES_AT|RESPONDENT_IN|RESULTED_IN|SENT_BY|SENT_TO|SIBLING_OF|VENUED_AT|WITH_SPONSOR]-(n6) WHERE ((type(r5) IN $p[2]) AND ((n6 = end4) OR NOT ((n6:Agency OR n6:PostalArea OR n6:Source OR (COUNT { (n6)--() } > 100)))))){1,8} (end4)
    WITH path7 LIMIT 1000
    WITH path7 WHERE (length(path7) <= $p[3])
    WITH path7 ORDER BY [k8 IN nodes(path7) | k8.key], [t9 IN relationships(path7) | [type(t9), t9.key]] LIMIT $p[4]
    RETURN [[length(path7), [r10 IN relationships(path7) | [type(r10), [labels(startNode(r10))[0], startNode(r10).key], [labels(endNode(r10))[0], endNode(r10).key]]], COLLECT {
      UNWIND nodes(path7) AS n11
      RETURN head(COLLECT {
        CALL (n11) {
          WITH n11 WHERE n11:Child
          RETURN [0, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Sponsor
          RETURN [1, [n11.key, n11.lastName]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Placement
          RETURN [2, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Address
          RETURN [3, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:PostalArea
          RETURN [4, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Phone
          RETURN [5, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Agency
          RETURN [6, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:NoticeToAppear
          RETURN [7, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:CourtCase
          RETURN [8, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Hearing
          RETURN [9, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:CourtOrder
          RETURN [10, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:ContactAttempt
          RETURN [11, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:HomeStudy
          RETURN [12, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:ReliefApplication
          RETURN [13, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Notification
          RETURN [14, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Employer
          RETURN [15, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:LaborViolation
          RETURN [16, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:ConcernReport
          RETURN [17, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Source
          RETURN [18, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:Finding
          RETURN [19, [n11.key]] AS found12
          UNION ALL
          WITH n11 WHERE n11:FindingChange
          RETURN [20, [n11.key]] AS found12
        }
        RETURN found12
      })
    }]]
  }
})]
