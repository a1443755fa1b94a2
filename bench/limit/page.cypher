CYPHER 25
RETURN COLLECT {
  MATCH (s:Sponsor)
  WHERE s.lastNameFolded IS NOT NULL AND s.key IS NOT NULL
  WITH s ORDER BY s.lastNameFolded, s.key LIMIT 50
  RETURN [
    s.key, s.firstName, s.lastName,
    COLLECT {
      MATCH (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c)
      WITH DISTINCT c ORDER BY c.key LIMIT 25
      RETURN [c.key, c.firstName, toString(c.dateOfBirth)]
    },
    COLLECT {
      MATCH (s)-[r:RESIDES_AT]->(a)
      WITH a, r ORDER BY r.key LIMIT 25
      RETURN [a.key, a.street, a.city]
    }
  ]
}
