CYPHER 25
RETURN [
  COLLECT {
    MATCH (c:Child)
    WHERE c.key IS NOT NULL
    WITH c ORDER BY c.key LIMIT 50
    RETURN [c.key, c.firstName, c.lastName]
  },
  COUNT { MATCH (c:Child) }
]
