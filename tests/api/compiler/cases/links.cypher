CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:Child) WHERE (c0.key = $p[1])
  RETURN [COLLECT {
    MATCH (c0)-[:HAS_PLACEMENT]->(p1)
    WITH DISTINCT p1
    WITH p1 ORDER BY p1.key LIMIT $p[2]
    RETURN [('CATEGORY_' + p1.sponsorCategory), toString(p1.releasedOn), head(COLLECT {
      MATCH (p1)-[:WITH_SPONSOR]->(s2)
      WITH s2 ORDER BY s2.key LIMIT 1
      RETURN [s2.lastName]
    }), head(COLLECT {
      MATCH (p1)-[:RELEASED_TO]->(a3)
      WITH a3 ORDER BY a3.key LIMIT 1
      RETURN [a3.city, head(COLLECT {
        MATCH (a3)-[:IN_AREA]->(p4)
        WITH p4 ORDER BY p4.key LIMIT 1
        RETURN [p4.postalCode]
      })]
    })]
  }, [COLLECT {
    MATCH (c0)-[:SIBLING_OF]-(c5)
    WITH DISTINCT c5
    WITH c5 ORDER BY c5.key LIMIT $p[3]
    RETURN [c5.key]
  }, COUNT {
    MATCH (c0)-[:SIBLING_OF]-(c6)
    RETURN DISTINCT c6
  }], COLLECT {
    MATCH (c0)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->(s7)
    WITH DISTINCT s7
    WITH s7 ORDER BY s7.key LIMIT $p[4]
    RETURN [s7.key, [COLLECT {
      MATCH (s7)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c8)
      WITH DISTINCT c8
      WITH c8 ORDER BY c8.key LIMIT $p[5]
      RETURN [c8.key]
    }, COUNT {
      MATCH (s7)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c9)
      RETURN DISTINCT c9
    }]]
  }]
})]
