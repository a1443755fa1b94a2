CYPHER 25
RETURN [COLLECT {
  CALL () {
    MATCH (c0:Child) WHERE (c0.lastNameFolded IS NULL AND c0.key IS NOT NULL)
    RETURN c0 ORDER BY c0.lastName IS NULL DESC, c0.lastName DESC, c0.key DESC LIMIT $p[1]
    UNION ALL
    MATCH (c0:Child) WHERE (c0.lastNameFolded IS NOT NULL AND c0.key IS NOT NULL)
    RETURN c0 ORDER BY c0.lastNameFolded DESC, c0.key DESC LIMIT $p[1]
  }
  WITH c0 LIMIT $p[1]
  RETURN [c0.key]
}]
