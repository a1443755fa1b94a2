CYPHER 25
RETURN [COLLECT {
  CALL db.index.fulltext.queryNodes('search', $p[1], {limit: $p[2]}) YIELD node AS n0, score AS score1
  WITH n0, score1 ORDER BY score1 DESC, n0.key LIMIT $p[2]
  RETURN [score1, CASE WHEN n0:Address THEN [0, [n0.key, n0.street]] ELSE [-1, labels(n0), n0.key] END]
}]
