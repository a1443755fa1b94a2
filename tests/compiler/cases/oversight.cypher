CYPHER 25
RETURN [[EXISTS {
  MATCH (d0:Dataset)
}, COLLECT {
  MATCH (child1:Child) WHERE ((coalesce(child1.transferredOn, child1.enteredOn) IS NULL OR (coalesce(child1.transferredOn, child1.enteredOn) <= $p[1])) AND ((coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) IN $p[2]))
  WITH child1, CASE WHEN EXISTS {
    MATCH (child1)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(h2) WHERE ((h2.outcome = 'MISSED') AND (h2.scheduledOn <= $p[1]))
  } THEN 1 ELSE 0 END AS missed3, CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n4) WHERE (n4.filedOn <= $p[1])
  } THEN 3 ELSE CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n5) WHERE (n5.servedOn <= $p[1])
  } THEN 2 ELSE CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n6) WHERE (n6.issuedOn <= $p[1])
  } THEN 1 ELSE 0 END END END AS stage7, CASE WHEN (EXISTS {
    MATCH (child1)-[:HAS_CONTACT]->(a8)
    MATCH (child1)-[:HAS_PLACEMENT]->(p9) WHERE ((a8.attemptedOn >= p9.releasedOn) AND (a8.attemptedOn <= $p[1]))
  } AND NOT (EXISTS {
    MATCH (child1)-[:HAS_CONTACT]->(a10)
    MATCH (child1)-[:HAS_PLACEMENT]->(p11) WHERE ((a10.outcome = 'REACHED') AND (a10.attemptedOn >= p11.releasedOn) AND (a10.attemptedOn <= $p[1]))
  })) THEN 1 ELSE 0 END AS unreached12, COUNT {
    MATCH (child1)-[:HAS_PLACEMENT]->(p13)-[:RELEASED_TO]->(a14) WHERE ((a14.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']) AND (p13.releasedOn IS NULL OR (p13.releasedOn <= $p[1])))
  } AS bad15
  WITH (coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) AS v16, count(*) AS n17, sum(missed3) AS n18, sum(CASE WHEN (stage7 = 0) THEN 1 ELSE 0 END) AS n19, sum(CASE WHEN (stage7 = 1) THEN 1 ELSE 0 END) AS n20, sum(CASE WHEN (stage7 = 2) THEN 1 ELSE 0 END) AS n21, sum(unreached12) AS n22, sum(bad15) AS n23 ORDER BY v16 IS NULL, v16 LIMIT 10001
  RETURN [v16, n17, n18, n19, n20, n21, n22, n23]
}]]
