CYPHER 25
RETURN [COLLECT {
  CALL () {
    MATCH (n0:Notification) WHERE (n0.sentAt IS NOT NULL AND n0.key IS NOT NULL AND (n0.sentAt > $p[1]))
    RETURN n0 ORDER BY n0.sentAt, n0.key LIMIT $p[2]
    UNION ALL
    MATCH (n0:Notification) WHERE (n0.sentAt IS NULL AND n0.key IS NOT NULL AND (n0.sentAt > $p[1]))
    RETURN n0 ORDER BY n0.key LIMIT $p[2]
  }
  WITH n0 LIMIT $p[2]
  RETURN [[CASE WHEN n0.sentAt IS NOT NULL THEN toString(datetime({datetime: n0.sentAt, timezone: 'Z'})) ELSE null END, head(COLLECT {
    MATCH (n0)-[:SENT_BY]->(a1)
    WITH a1 ORDER BY a1.key LIMIT 1
    RETURN [a1.code]
  })], [toString(n0.sentAt), n0.key]]
}]
