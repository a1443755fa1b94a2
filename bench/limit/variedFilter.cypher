CYPHER 25
MATCH (h:Hearing)<-[:HAS_HEARING]-()<-[:RESPONDENT_IN]-(c)
WHERE h.outcome = $p[0] AND h.key IS NOT NULL
WITH DISTINCT c
WHERE c.countryOfBirth IN $p[1] AND c.firstNameFolded >= $p[2] AND EXISTS {
  MATCH (c)-[:HAS_PLACEMENT]->(p)
  WHERE p.releasedOn >= date($p[3])
}
WITH collect(c) AS found
RETURN [
  COLLECT {
    UNWIND found AS c
    WITH c ORDER BY c.key LIMIT 50
    RETURN [c.key, c.firstName, c.lastName]
  },
  size(found)
]
