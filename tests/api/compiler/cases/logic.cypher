CYPHER 25
RETURN [COLLECT {
  MATCH (c0:Child) WHERE (c0.key IS NOT NULL AND (((c0.lastName = $p[1]) OR ((c0.firstName = $p[1]) AND NOT (CASE WHEN c0.sex IS NOT NULL THEN NOT ((c0.sex IN $p[2])) ELSE null END))) AND NOT ((CASE WHEN c0.countryOfBirth IS NOT NULL THEN (c0.countryOfBirth IN $p[3]) ELSE null END AND NOT (EXISTS {
    MATCH (c0)-[:HAS_PLACEMENT]->(p1) WHERE NOT (coalesce((p1.relationship = $p[4]), false))
  })))))
  WITH c0 ORDER BY c0.key LIMIT $p[5]
  RETURN [c0.key]
}]
