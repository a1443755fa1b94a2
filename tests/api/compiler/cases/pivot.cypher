CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child)-[:RESPONDENT_IN]->(c1:CourtCase) WHERE CASE WHEN c0.firstNameFolded IS NOT NULL THEN (c0.firstNameFolded >= $p[1]) ELSE (c0.firstName >= $p[2]) END
  MATCH (c1)-[:HAS_HEARING]->(h2:Hearing) WHERE ((h2.outcome IN $p[3]) AND h2.key IS NOT NULL)
  WITH DISTINCT c0 WHERE EXISTS {
    MATCH (c0)-[:HAS_PLACEMENT]->(p3) WHERE (p3.releasedOn >= $p[4])
  }
  WITH c0 ORDER BY c0.key
  WITH collect(c0) AS rows4
  WITH COLLECT {
    UNWIND rows4 AS c0
    WITH c0 LIMIT $p[5]
    RETURN c0
  } AS page5, size(rows4) AS total6
  RETURN [COLLECT {
    UNWIND page5 AS c0
    RETURN [c0.key, c0.firstName]
  }, total6]
}), COUNT {
  MATCH (c7:Child)-[:RESPONDENT_IN]->(c8:CourtCase) WHERE CASE WHEN c7.firstNameFolded IS NOT NULL THEN (c7.firstNameFolded >= $p[6]) ELSE (c7.firstName >= $p[2]) END
  MATCH (c8)-[:HAS_HEARING]->(h9:Hearing) WHERE ((h9.outcome IN $p[3]) AND h9.key IS NOT NULL)
  WITH DISTINCT c7 WHERE EXISTS {
    MATCH (c7)-[:HAS_PLACEMENT]->(p10) WHERE (p10.releasedOn >= $p[4])
  }
}, head(COLLECT {
  MATCH (c11:Child)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s12:Sponsor)
  MATCH (s12)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c13:Child) WHERE ((c13.sex = $p[7]) AND c13.key IS NOT NULL)
  WITH DISTINCT c11 WHERE (NOT (EXISTS {
    MATCH (c11)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s14) WHERE (s14.firstName = $p[8])
  }) AND ((c11.sex = $p[9]) OR EXISTS {
    MATCH (c11)-[:HAS_PLACEMENT]->(p15)
  }))
  WITH c11 ORDER BY c11.key
  WITH collect(c11) AS rows16
  WITH COLLECT {
    UNWIND rows16 AS c11
    WITH c11 LIMIT $p[10]
    RETURN c11
  } AS page17, size(rows16) AS total18
  RETURN [COLLECT {
    UNWIND page17 AS c11
    RETURN [c11.key]
  }, total18]
})]
