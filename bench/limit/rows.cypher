CYPHER 25
RETURN COLLECT {
  MATCH (c:Child)
  WHERE c.key IS NOT NULL
  WITH c ORDER BY c.key LIMIT 1000
  RETURN [
    c.key, c.firstName, c.lastName, toString(c.dateOfBirth), c.sex, c.countryOfBirth,
    COLLECT {
      MATCH (c)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s)
      WITH DISTINCT s ORDER BY s.key LIMIT 25
      RETURN [s.key, s.firstName, s.lastName]
    }
  ]
}
