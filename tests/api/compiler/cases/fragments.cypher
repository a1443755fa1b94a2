CYPHER 25
RETURN [COLLECT {
  MATCH (c0:Child) WHERE c0.key IS NOT NULL
  WITH c0 ORDER BY c0.key LIMIT $p[1]
  RETURN [c0.firstName, c0.lastName, COLLECT {
    MATCH (c0)-[:HAS_PLACEMENT]->(p1)
    WITH DISTINCT p1
    WITH p1 ORDER BY p1.key LIMIT $p[2]
    RETURN [toString(p1.endedOn), toString(p1.releasedOn)]
  }, COLLECT {
    MATCH (c0)-[:HAS_PLACEMENT]->(p2)
    WITH DISTINCT p2
    WITH p2 ORDER BY p2.key LIMIT $p[3]
    RETURN [p2.key]
  }, c0.aNumber, c0.key]
}]
