CYPHER 25
RETURN [COUNT {
  MATCH (s0:Sponsor)<-[:WITH_SPONSOR]-(p1:Placement) WHERE ((p1.relationship = $p[1]) AND p1.key IS NOT NULL)
  WITH DISTINCT s0 WHERE ((CASE WHEN (COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()
  } < 2) THEN COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()
  } ELSE COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-(p2)
    RETURN DISTINCT p2
  } END >= $p[2]) AND (NOT (EXISTS {
    MATCH (s0)-[:RESIDES_AT]->(a3) WHERE NOT (coalesce((a3.state = $p[3]), false))
  }) AND (COUNT {
    MATCH (s0)-[:RESIDES_AT]->()
  } IN $p[4])) AND (NOT (EXISTS {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c4) WHERE (c4.sex = $p[5])
  }) AND (COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c5)
    RETURN DISTINCT c5
  } < $p[6])))
}]
