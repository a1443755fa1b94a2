CYPHER 25
RETURN [COLLECT {
  MATCH (p0:Placement) WHERE (p0.key IS NOT NULL AND (EXISTS {
    MATCH (p0)-[:WITH_SPONSOR]->(s1)
    WITH s1 ORDER BY s1.key LIMIT 1 WHERE (s1.lastName = $p[1])
  } AND (NOT (EXISTS {
    MATCH (p0)-[:RELEASED_TO]->(a2)
    WITH a2 ORDER BY a2.key LIMIT 1
  }) OR EXISTS {
    MATCH (p0)-[:RELEASED_TO]->(a2)
    WITH a2 ORDER BY a2.key LIMIT 1 WHERE (false OR (a2.state = $p[2]))
  }) AND (NOT (EXISTS {
    MATCH (p0)-[:RELEASED_IN]->(p3)
    WITH p3 ORDER BY p3.key LIMIT 1
  }) OR EXISTS {
    MATCH (p0)-[:RELEASED_IN]->(p3)
    WITH p3 ORDER BY p3.key LIMIT 1 WHERE false
  }) AND NOT (head(COLLECT {
    MATCH (p0)<-[:HAS_PLACEMENT]-(c4)
    WITH c4 ORDER BY c4.key LIMIT 1
    RETURN head(COLLECT {
      CALL (c4) {
        MATCH (c4)-[r5:RESIDES_AT]->(a6) WHERE r5.until IS NULL
        WITH a6 ORDER BY r5.since IS NULL, r5.since DESC, a6.key LIMIT 1
        RETURN a6
        UNION ALL
        MATCH (c4)-[:HAS_PLACEMENT]->(p7)
        WITH p7 ORDER BY p7.releasedOn IS NULL, p7.releasedOn DESC, p7.endedOn IS NULL DESC, p7.key LIMIT 1 WHERE p7.endedOn IS NULL
        MATCH (p7)-[:RELEASED_TO]->(a6)
        RETURN a6 ORDER BY a6.key LIMIT 1
      }
      WITH a6 LIMIT 1
      RETURN CASE WHEN a6.cityFolded IS NOT NULL THEN ((a6.cityFolded STARTS WITH $p[3]) AND (($p[4] = '') OR (a6.cityFolded CONTAINS $p[4]))) ELSE (normalize(a6.city, NFKD) =~ $p[5]) END
    })
  }))))
  WITH p0 ORDER BY p0.key LIMIT $p[6]
  RETURN [p0.key]
}]
