CYPHER 25
RETURN [COLLECT {
  CALL () {
    MATCH (c0:Child) WHERE (c0.dateOfBirth IS NOT NULL AND c0.key IS NOT NULL)
    RETURN c0 ORDER BY c0.dateOfBirth DESC, c0.lastNameFolded IS NULL, c0.lastNameFolded, c0.lastName IS NULL, c0.lastName, c0.key LIMIT $p[1]
    UNION ALL
    MATCH (c0:Child) WHERE (c0.dateOfBirth IS NULL AND c0.key IS NOT NULL)
    RETURN c0 ORDER BY c0.lastNameFolded IS NULL, c0.lastNameFolded, c0.lastName IS NULL, c0.lastName, c0.key LIMIT $p[1]
  }
  WITH c0 LIMIT $p[1]
  RETURN [[c0.key], [toString(c0.dateOfBirth), c0.lastNameFolded, c0.lastName, c0.key]]
}]
