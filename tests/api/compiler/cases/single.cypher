CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child) WHERE (c0.key = $p[1])
  RETURN ['Child', c0.key, c0.key, c0.firstName, toString(c0.dateOfBirth), c0.sex]
})]
