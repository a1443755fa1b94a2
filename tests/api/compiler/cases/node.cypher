CYPHER 25
RETURN [COLLECT {
  UNWIND $p[1] AS id0
  RETURN head(COLLECT {
    CALL (id0) {
      MATCH (n1:Child) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Child'))
      RETURN [0, [n1.key, n1.firstName, CASE WHEN (COUNT {
        MATCH (n1)-[:HAS_PLACEMENT]->()
      } < 2) THEN COUNT {
        MATCH (n1)-[:HAS_PLACEMENT]->()
      } ELSE COUNT {
        MATCH (n1)-[:HAS_PLACEMENT]->(p2)
        RETURN DISTINCT p2
      } END]] AS found3
      UNION ALL
      MATCH (n1:Sponsor) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Sponsor'))
      RETURN [1, [n1.key, n1.lastName]] AS found3
      UNION ALL
      MATCH (n1:Placement) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Placement'))
      RETURN [2, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Address) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Address'))
      RETURN [3, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:PostalArea) WHERE ((n1.key = id0[1]) AND (id0[0] = 'PostalArea'))
      RETURN [4, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Phone) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Phone'))
      RETURN [5, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Agency) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Agency'))
      RETURN [6, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:NoticeToAppear) WHERE ((n1.key = id0[1]) AND (id0[0] = 'NoticeToAppear'))
      RETURN [7, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:CourtCase) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CourtCase'))
      RETURN [8, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Hearing) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Hearing'))
      RETURN [9, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:CourtOrder) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CourtOrder'))
      RETURN [10, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:ContactAttempt) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ContactAttempt'))
      RETURN [11, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:HomeStudy) WHERE ((n1.key = id0[1]) AND (id0[0] = 'HomeStudy'))
      RETURN [12, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:ReliefApplication) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ReliefApplication'))
      RETURN [13, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Notification) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Notification'))
      RETURN [14, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Employer) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Employer'))
      RETURN [15, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:LaborViolation) WHERE ((n1.key = id0[1]) AND (id0[0] = 'LaborViolation'))
      RETURN [16, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:ConcernReport) WHERE ((n1.key = id0[1]) AND (id0[0] = 'ConcernReport'))
      RETURN [17, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:CustodyEpisode) WHERE ((n1.key = id0[1]) AND (id0[0] = 'CustodyEpisode'))
      RETURN [18, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:HouseholdMember) WHERE ((n1.key = id0[1]) AND (id0[0] = 'HouseholdMember'))
      RETURN [19, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:BackgroundCheck) WHERE ((n1.key = id0[1]) AND (id0[0] = 'BackgroundCheck'))
      RETURN [20, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:SponsorApplication) WHERE ((n1.key = id0[1]) AND (id0[0] = 'SponsorApplication'))
      RETURN [21, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:IdentityDocument) WHERE ((n1.key = id0[1]) AND (id0[0] = 'IdentityDocument'))
      RETURN [22, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Representation) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Representation'))
      RETURN [23, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:PostReleaseService) WHERE ((n1.key = id0[1]) AND (id0[0] = 'PostReleaseService'))
      RETURN [24, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Source) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Source'))
      RETURN [25, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:Finding) WHERE ((n1.key = id0[1]) AND (id0[0] = 'Finding'))
      RETURN [26, [n1.key]] AS found3
      UNION ALL
      MATCH (n1:FindingChange) WHERE ((n1.key = id0[1]) AND (id0[0] = 'FindingChange'))
      RETURN [27, [n1.key]] AS found3
    }
    RETURN found3
  })
}[0]]
