CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child)-[:RESPONDENT_IN]->(c1:CourtCase) WHERE (c0.firstName >= $p[1])
  MATCH (c1)-[:HAS_HEARING]->(h2:Hearing) WHERE (h2.outcome IN $p[2])
  WITH DISTINCT c0 WHERE EXISTS {
    MATCH (c0)-[:HAS_PLACEMENT]->(p3) WHERE (p3.releasedOn >= $p[3])
  }
  WITH collect(c0) AS rows4
  RETURN [COLLECT {
    UNWIND rows4 AS c0
    WITH c0 ORDER BY c0.key LIMIT $p[4]
    RETURN [c0.key, c0.firstName]
  }, size(rows4)]
}), [COUNT {
  MATCH (c5:Child)-[:RESPONDENT_IN]->(c6:CourtCase) WHERE (c5.firstName >= $p[1])
  MATCH (c6)-[:HAS_HEARING]->(h7:Hearing) WHERE (h7.outcome IN $p[2])
  WITH DISTINCT c5 WHERE EXISTS {
    MATCH (c5)-[:HAS_PLACEMENT]->(p8) WHERE (p8.releasedOn >= $p[3])
  }
}], head(COLLECT {
  MATCH (c9:Child)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s10:Sponsor)
  MATCH (s10)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c11:Child) WHERE (c11.sex = $p[5])
  WITH DISTINCT c9 WHERE (NOT (EXISTS {
    MATCH (c9)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s12) WHERE (s12.firstName = $p[6])
  }) AND ((c9.sex = $p[7]) OR EXISTS {
    MATCH (c9)-[:HAS_PLACEMENT]->(p13)
  }))
  WITH collect(c9) AS rows14
  RETURN [COLLECT {
    UNWIND rows14 AS c9
    WITH c9 ORDER BY c9.key LIMIT $p[8]
    RETURN [c9.key]
  }, size(rows14)]
})]
