CYPHER 25
RETURN [[EXISTS {
  MATCH (d0:Dataset)
}, COLLECT {
  MATCH (child1:Child) WHERE ((coalesce(child1.transferredOn, child1.enteredOn) IS NULL OR (coalesce(child1.transferredOn, child1.enteredOn) <= $p[1])) AND ((coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) IN $p[2]))
  WITH child1, CASE WHEN (EXISTS {
    MATCH (child1)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(h2) WHERE ((h2.outcome = 'MISSED') AND (h2.scheduledOn IS NULL OR (h2.scheduledOn <= $p[1])) AND (NOT (EXISTS {
      MATCH (child1)-[:HAD_OUTCOME]->(h2)
    }) OR EXISTS {
      MATCH (child1)-[r3:HAD_OUTCOME]->(h2) WHERE r3.outcome IS NULL
    }))
  } OR EXISTS {
    MATCH (child1)-[r4:HAD_OUTCOME]->(h2) WHERE ((r4.outcome = 'MISSED') AND (h2.scheduledOn IS NULL OR (h2.scheduledOn <= $p[1])))
  }) THEN 1 ELSE 0 END AS missed5, CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n6) WHERE (n6.filedOn <= $p[1])
  } THEN 3 ELSE CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n7) WHERE (n7.servedOn <= $p[1])
  } THEN 2 ELSE CASE WHEN EXISTS {
    MATCH (child1)-[:HAS_NOTICE]->(n8) WHERE (n8.issuedOn <= $p[1])
  } THEN 1 ELSE 0 END END END AS stage9, CASE WHEN (EXISTS {
    MATCH (child1)-[:HAS_PLACEMENT]->(p10) WHERE (p10.releasedOn IS NULL OR (p10.releasedOn <= $p[1]))
  } AND EXISTS {
    MATCH (child1)-[:HAS_CONTACT]->(a11) WHERE ((a11.attemptedOn <= $p[1]) AND NOT (EXISTS {
      MATCH (child1)-[:HAS_PLACEMENT]->(p12) WHERE ((p12.releasedOn >= a11.attemptedOn) AND (p12.releasedOn <= $p[1]))
    }))
  } AND NOT (EXISTS {
    MATCH (child1)-[:HAS_CONTACT]->(a13) WHERE ((a13.attemptedOn <= $p[1]) AND NOT (EXISTS {
      MATCH (child1)-[:HAS_PLACEMENT]->(p14) WHERE ((p14.releasedOn >= a13.attemptedOn) AND (p14.releasedOn <= $p[1]))
    }) AND (a13.outcome = 'REACHED') AND (a13.reached IS NULL OR (a13.reached IN ['CHILD', 'BOTH']) OR ((a13.kind IN ['HOME_VISIT', 'WELLNESS_CHECK']) AND a13.childWithSponsor)))
  })) THEN 1 ELSE 0 END AS unreached15, COUNT {
    MATCH (child1)-[:HAS_PLACEMENT]->(p16)-[:RELEASED_TO]->(a17) WHERE ((a17.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']) AND (p16.releasedOn IS NULL OR (p16.releasedOn <= $p[1])))
    RETURN DISTINCT p16
  } AS bad18
  WITH (coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) AS v19, count(*) AS n20, sum(missed5) AS n21, sum(CASE WHEN (stage9 = 0) THEN 1 ELSE 0 END) AS n22, sum(CASE WHEN (stage9 = 1) THEN 1 ELSE 0 END) AS n23, sum(CASE WHEN (stage9 = 2) THEN 1 ELSE 0 END) AS n24, sum(unreached15) AS n25, sum(bad18) AS n26 ORDER BY v19 IS NULL, v19 LIMIT 10001
  RETURN [v19, n20, n21, n22, n23, n24, n25, n26]
}]]
