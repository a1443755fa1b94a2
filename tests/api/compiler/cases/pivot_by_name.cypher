CYPHER 25
RETURN [COLLECT {
  MATCH (c0:Child)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s1:Sponsor) WHERE ((s1.lastName = $p[1]) AND s1.key IS NOT NULL)
  WITH DISTINCT c0
  WITH c0 ORDER BY c0.key LIMIT $p[2]
  RETURN [c0.key, c0.firstName]
}, COLLECT {
  MATCH (c2:Child)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s3:Sponsor) WHERE ((s3.lastName IN $p[3]) AND s3.key IS NOT NULL)
  MATCH (s3)-[:RESIDES_AT]->(a4:Address) WHERE ((a4.street = $p[4]) AND a4.key IS NOT NULL)
  WITH DISTINCT c2
  WITH c2 ORDER BY c2.dateOfBirth IS NULL DESC, c2.dateOfBirth, c2.key DESC LIMIT $p[5]
  RETURN [c2.key]
}, [COLLECT {
  MATCH (c5:Child) WHERE (c5.key IS NOT NULL AND ((c5.lastName = $p[1]) AND EXISTS {
    MATCH (c5)-[:HAS_PLACEMENT]->(p6) WHERE (p6.relationship = $p[6])
  }))
  WITH c5 ORDER BY c5.lastName, c5.key LIMIT $p[7]
  RETURN [c5.key]
}, COUNT {
  MATCH (c5:Child) WHERE (((c5.lastName = $p[1]) AND EXISTS {
    MATCH (c5)-[:HAS_PLACEMENT]->(p6) WHERE (p6.relationship = $p[6])
  }) AND c5.key IS NOT NULL)
}], COLLECT {
  MATCH (s7:Sponsor) WHERE (s7.key IS NOT NULL AND EXISTS {
    MATCH (s7)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c8) WHERE (c8.countryOfBirth = $p[8])
  })
  WITH s7 ORDER BY s7.key LIMIT $p[9]
  RETURN [s7.key]
}, COUNT {
  MATCH (c9:Child)-[:FROM_SOURCE]->(s10:Source) WHERE ((s10.system = $p[10]) AND s10.key IS NOT NULL)
  WITH DISTINCT c9
}, COUNT {
  MATCH (c11:Child)-[:RESPONDENT_IN]->(c12:CourtCase) WHERE (c11.countryOfBirth IN $p[11])
  MATCH (c12)-[:HAS_HEARING]->(h13:Hearing) WHERE ((h13.outcome = $p[12]) AND h13.key IS NOT NULL)
  WITH DISTINCT c11
}, COUNT {
  MATCH (c14:Child) WHERE ((c14.lastName = $p[1]) AND c14.key IS NOT NULL)
}]
