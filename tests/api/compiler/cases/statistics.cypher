CYPHER 25
RETURN [[COUNT {
  MATCH (c0:Child) WHERE ((coalesce(c0.transferredOn, c0.enteredOn) IS NULL OR (coalesce(c0.transferredOn, c0.enteredOn) <= $p[1])) AND (c0.countryOfBirth = $p[2]))
}, COLLECT {
  MATCH (c0:Child) WHERE ((coalesce(c0.transferredOn, c0.enteredOn) IS NULL OR (coalesce(c0.transferredOn, c0.enteredOn) <= $p[1])) AND (c0.countryOfBirth = $p[2]))
  OPTIONAL MATCH (c0)-[:HAS_PLACEMENT]->(p1) WHERE (p1.releasedOn IS NULL OR (p1.releasedOn <= $p[1]))
  OPTIONAL MATCH (c0)-[:RESPONDENT_IN]->(c2) WHERE (c2.openedOn IS NULL OR (c2.openedOn <= $p[1]))
  OPTIONAL MATCH (p1)-[:RELEASED_TO]->(a3)
  OPTIONAL MATCH (p1)-[:RELEASED_IN]->(p4)
  OPTIONAL MATCH (c2)-[:HAS_HEARING]->(h5) WHERE (h5.scheduledOn IS NULL OR (h5.scheduledOn <= $p[1]))
  OPTIONAL MATCH (h5)<-[r6:RECORDED]-(a7)-[:PART_OF]->*(a8) WHERE ((r6.recordedOn IS NULL OR (r6.recordedOn <= $p[1])) AND (a8.kind = 'FIELD_OFFICE'))
  OPTIONAL MATCH (p4)<-[:RESPONSIBLE_FOR]-(a9) WHERE (a9.kind = 'FIELD_OFFICE')
  OPTIONAL MATCH (a3)-[:IN_AREA]->(p10)
  OPTIONAL MATCH (p10)<-[:RESPONSIBLE_FOR]-(a11) WHERE (a11.kind = 'FIELD_OFFICE')
  WITH coalesce(a3.state, p4.state) AS v12, p1.sponsorCategory AS v13, (coalesce(c0.transferredOn, c0.enteredOn).year + (coalesce(c0.transferredOn, c0.enteredOn).month / 10)) AS v14, coalesce(a8.code, a9.code, a11.code) AS v15, CASE WHEN a8.code IS NULL THEN CASE WHEN a9.code IS NULL THEN a11.name ELSE a9.name END ELSE a8.name END AS v16, count(DISTINCT c0) AS number17 ORDER BY v12 IS NULL, v12, v13 IS NULL, v13, v14 IS NULL, v14, v15 IS NULL, v15, v16 IS NULL, v16 LIMIT 10001
  RETURN [v12, v13, v14, v15, v16, number17]
}]]
