CYPHER 25
RETURN [head(COLLECT {
  MATCH (log0:ChangeLog)
  WITH coalesce(log0.sequence, 0) AS last1
  RETURN [last1, COLLECT {
    MATCH (entry2:Change) WHERE (entry2.sequence > $p[1])
    RETURN [entry2.sequence, CASE WHEN entry2.at IS NOT NULL THEN toString(datetime({datetime: entry2.at, timezone: 'Z'})) ELSE null END, entry2.actor, entry2.source, entry2.kind, entry2.records, entry2.whole] ORDER BY entry2.sequence LIMIT $p[2]
  }]
})]
