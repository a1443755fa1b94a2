CYPHER 25
RETURN [[COUNT {
  MATCH (s0:Sponsor) WHERE ((EXISTS {
    MATCH (s0)<-[:WITH_SPONSOR]-(p1) WHERE (p1.relationship = $p[0])
  } AND (COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()
  } >= $p[1])) AND (NOT (EXISTS {
    MATCH (s0)-[:RESIDES_AT]->(a2) WHERE NOT (coalesce((a2.state = $p[2]), false))
  }) AND (COUNT {
    MATCH (s0)-[:RESIDES_AT]->()
  } IN $p[3])) AND (NOT (EXISTS {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c3) WHERE (c3.sex = $p[4])
  }) AND (COUNT {
    MATCH (s0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c4)
    RETURN DISTINCT c4
  } < $p[5])))
}]]
