CYPHER 25
RETURN [COUNT {
  MATCH (h0:HomeStudy)
}, [], [], COLLECT {
  MATCH (n1:Notification) WHERE n1.key IS NOT NULL
  WITH n1 ORDER BY n1.key LIMIT $p[1]
  RETURN [CASE WHEN n1.sentAt IS NOT NULL THEN toString(datetime({datetime: n1.sentAt, timezone: 'Z'})) ELSE null END, CASE WHEN n1.acknowledgedAt IS NOT NULL THEN toString(datetime({datetime: n1.acknowledgedAt, timezone: 'Z'})) ELSE null END]
}, COUNT {
  MATCH (p2:Placement) WHERE ((NOT (EXISTS {
    MATCH (p2)-[:RELEASED_TO]->(a3)
    WITH a3 ORDER BY a3.key LIMIT 1
  }) OR EXISTS {
    MATCH (p2)-[:RELEASED_TO]->(a3)
    WITH a3 ORDER BY a3.key LIMIT 1 WHERE (false OR (a3.city = $p[2]))
  }) AND NOT (CASE WHEN NOT (EXISTS {
    MATCH (p2)-[:RELEASED_IN]->(p4)
    WITH p4 ORDER BY p4.key LIMIT 1
  }) THEN false ELSE head(COLLECT {
    MATCH (p2)-[:RELEASED_IN]->(p4)
    WITH p4 ORDER BY p4.key LIMIT 1
    RETURN NOT (false)
  }) END))
}]
