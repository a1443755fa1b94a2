CYPHER 25
RETURN [[COLLECT {
  MATCH (c0:Child) WHERE (c0.key IS NOT NULL AND ((c0.key IN $p[1]) AND (normalize(c0.aNumber, NFD) =~ $p[2]) AND ((c0.lastName <> $p[3]) AND CASE WHEN c0.lastNameFolded IS NOT NULL THEN (c0.lastNameFolded CONTAINS $p[4]) ELSE (normalize(c0.lastName, NFD) =~ $p[5]) END) AND ((c0.dateOfBirth < $p[6]) AND (c0.dateOfBirth >= $p[7])) AND (c0.sex IN $p[8]) AND (c0.countryOfBirth IS NOT NULL AND NOT ((c0.countryOfBirth IN $p[9]))) AND c0.enteredOn IS NOT NULL))
  WITH c0 ORDER BY c0.key LIMIT $p[10]
  RETURN [c0.key]
}, COUNT {
  MATCH (c0:Child) WHERE (((c0.key IN $p[1]) AND (normalize(c0.aNumber, NFD) =~ $p[2]) AND ((c0.lastName <> $p[3]) AND CASE WHEN c0.lastNameFolded IS NOT NULL THEN (c0.lastNameFolded CONTAINS $p[4]) ELSE (normalize(c0.lastName, NFD) =~ $p[5]) END) AND ((c0.dateOfBirth < $p[6]) AND (c0.dateOfBirth >= $p[7])) AND (c0.sex IN $p[8]) AND (c0.countryOfBirth IS NOT NULL AND NOT ((c0.countryOfBirth IN $p[9]))) AND c0.enteredOn IS NOT NULL) AND c0.key IS NOT NULL)
}]]
