CYPHER 25
RETURN COLLECT {
  MATCH (s:Sponsor)
  WHERE s.childCount >= 3 AND s.key IS NOT NULL
  WITH s ORDER BY s.childCount DESC, s.key LIMIT 50
  RETURN [
    s.childCount, s.unrelatedChildCount, s.key, s.lastName,
    COLLECT {
      MATCH (s)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c)
      WITH DISTINCT c ORDER BY c.key LIMIT 25
      RETURN [c.key, c.firstName, toString(c.dateOfBirth)]
    }
  ]
}
