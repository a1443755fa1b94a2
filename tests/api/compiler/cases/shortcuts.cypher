CYPHER 25
RETURN [COLLECT {
  MATCH (c0:Child) WHERE c0.key IS NOT NULL
  WITH c0 ORDER BY c0.key LIMIT $p[1]
  RETURN [head(COLLECT {
    CALL (c0) {
      MATCH (c0)-[:HAS_PLACEMENT]->(p1)
      WITH p1 ORDER BY p1.releasedOn IS NULL, p1.releasedOn DESC, p1.endedOn IS NULL DESC, p1.key LIMIT 1 WHERE p1.endedOn IS NULL
      RETURN p1
    }
    WITH p1 LIMIT 1
    RETURN [toString(p1.releasedOn)]
  }), head(COLLECT {
    CALL (c0) {
      MATCH (c0)-[r2:RESIDES_AT]->(a3) WHERE r2.until IS NULL
      WITH a3 ORDER BY r2.since IS NULL, r2.since DESC, a3.key LIMIT 1
      RETURN a3
      UNION ALL
      MATCH (c0)-[:HAS_PLACEMENT]->(p4)
      WITH p4 ORDER BY p4.releasedOn IS NULL, p4.releasedOn DESC, p4.endedOn IS NULL DESC, p4.key LIMIT 1 WHERE p4.endedOn IS NULL
      MATCH (p4)-[:RELEASED_TO]->(a3)
      RETURN a3 ORDER BY a3.key LIMIT 1
    }
    WITH a3 LIMIT 1
    RETURN [a3.street, a3.unit]
  })]
}]
