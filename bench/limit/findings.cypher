CYPHER 25
RETURN COLLECT {
  MATCH (f:Finding)
  WHERE f.indicator = $p[0] AND f.key IS NOT NULL
  WITH f ORDER BY f.indicator, f.key LIMIT 50
  RETURN [
    f.key, f.status, toString(f.since), f.values,
    head(COLLECT { MATCH (f)-[r:HAS_SUBJECT]->(n) WITH n, r ORDER BY r.place LIMIT 1 RETURN [labels(n), n.key] }),
    COLLECT {
      MATCH (f)-[r:HAS_EVIDENCE]->(n)
      WITH n, r ORDER BY r.place
      RETURN [r.column, [labels(n), n.key]]
    }
  ]
}
