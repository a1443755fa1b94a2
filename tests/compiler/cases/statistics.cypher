CYPHER 25
RETURN [[COUNT {
  MATCH (c0:Child) WHERE ((coalesce(c0.transferredOn, c0.enteredOn) IS NULL OR (coalesce(c0.transferredOn, c0.enteredOn) <= $p[1])) AND (c0.countryOfBirth = $p[2]))
}, COLLECT {
  MATCH (c0:Child) WHERE ((coalesce(c0.transferredOn, c0.enteredOn) IS NULL OR (coalesce(c0.transferredOn, c0.enteredOn) <= $p[1])) AND (c0.countryOfBirth = $p[2]))
  OPTIONAL MATCH (c0)-[:HAS_PLACEMENT]->(p1) WHERE (p1.releasedOn IS NULL OR (p1.releasedOn <= $p[1]))
  OPTIONAL MATCH (p1)-[:RELEASED_TO]->(a2)
  OPTIONAL MATCH (p1)-[:RELEASED_IN]->(p3)
  OPTIONAL MATCH (c0)-[:RESPONDENT_IN]->(c4)-[:HAS_HEARING]->(h5)<-[r6:RECORDED]-(a7) WHERE ((c4.openedOn IS NULL OR (c4.openedOn <= $p[1])) AND (h5.scheduledOn IS NULL OR (h5.scheduledOn <= $p[1])) AND (r6.recordedOn IS NULL OR (r6.recordedOn <= $p[1])) AND (a7.kind = 'FIELD_OFFICE'))
  WITH coalesce(a2.state, p3.state) AS v8, p1.sponsorCategory AS v9, (coalesce(c0.transferredOn, c0.enteredOn).year + (coalesce(c0.transferredOn, c0.enteredOn).month / 10)) AS v10, a7.code AS v11, a7.name AS v12, count(DISTINCT c0) AS number13 ORDER BY v8 IS NULL, v8, v9 IS NULL, v9, v10 IS NULL, v10, v11 IS NULL, v11, v12 IS NULL, v12 LIMIT 10001
  RETURN [v8, v9, v10, v11, v12, number13]
}]]
