CYPHER 25
RETURN [COUNT {
  MATCH (s0:Sponsor)<-[:WITH_SPONSOR]-(p1:Placement) WHERE ((p1.relationship = $p[1]) AND p1.key IS NOT NULL)
  WITH DISTINCT s0 WHERE ((COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()
  } >= $p[2]) AND (NOT (EXISTS {
    MATCH (s0)-[:RESIDES_AT]->(a2) WHERE NOT (coalesce((a2.state = $p[3]), false))
  }) AND (COUNT {
    MATCH (s0)-[:RESIDES_AT]->()
  } IN $p[4])) AND (NOT (EXISTS {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c3) WHERE (c3.sex = $p[5])
  }) AND (COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c4)
    RETURN DISTINCT c4
  } < $p[6])))
}]
