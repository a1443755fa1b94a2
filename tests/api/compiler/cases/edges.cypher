CYPHER 25
RETURN [[COLLECT {
  MATCH (a0:Address) WHERE a0.key IS NOT NULL
  WITH a0 ORDER BY a0.key LIMIT $p[1]
  RETURN [[a0.key, CASE WHEN a0.location IS NOT NULL THEN [a0.location.latitude, a0.location.longitude] ELSE null END], [a0.key, a0.city], [a0.state], [a0.key]]
}, COUNT {
  MATCH (a0:Address)
}]]
