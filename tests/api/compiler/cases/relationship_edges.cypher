CYPHER 25
RETURN [COLLECT {
  MATCH (c0:Child) WHERE c0.key IS NOT NULL
  WITH c0 ORDER BY c0.key LIMIT $p[1]
  RETURN [[COLLECT {
    MATCH (c0)-[r1:RESIDES_AT]->(a2)
    WITH a2, r1 ORDER BY a2.cityFolded IS NULL, a2.cityFolded DESC, a2.city IS NULL, a2.city DESC, r1.key LIMIT $p[2]
    RETURN [toString(r1.since), toString(r1.until), r1.reportedBy, [a2.city]]
  }, COUNT {
    MATCH (c0)-[:RESIDES_AT]->()
  }]]
}, COLLECT {
  MATCH (a3:Agency) WHERE (a3.key IS NOT NULL AND (a3.code = $p[3]))
  WITH a3 ORDER BY a3.code, a3.key LIMIT $p[4]
  RETURN [COLLECT {
    MATCH (a3)-[r4:RECORDED]->(h5)
    WITH h5, r4 ORDER BY r4.key LIMIT $p[5]
    RETURN [r4.outcome, toString(r4.recordedOn), [h5.kind]]
  }]
}]
