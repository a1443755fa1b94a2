CYPHER 25
RETURN [$p[0], $p[3], COLLECT {
  MATCH (f:Finding)
  WHERE f.position > $p[1] AND f.position < $p[2]
  WITH f ORDER BY f.position LIMIT 50
  RETURN [f.values, COLLECT { MATCH (f)-[r:HAS_EVIDENCE]->(n) RETURN [r.column, labels(n), n.key] }]
}, COUNT {
  MATCH (f:Finding)
  WHERE f.position > $p[1] AND f.position < $p[2]
}]
