CYPHER 25
RETURN [[COLLECT {
  UNWIND $p[1] AS number0
  RETURN COUNT {
    MATCH (c1:Child) WHERE ((c1.aNumber = number0) AND c1.key IS NOT NULL)
  }
}, COLLECT {
  UNWIND $p[1] AS number0
  RETURN COLLECT {
    MATCH (c1:Child) WHERE ((c1.aNumber = number0) AND c1.key IS NOT NULL)
    WITH c1 ORDER BY c1.key
    RETURN [[c1.key, c1.lastName]]
  }
}]]
