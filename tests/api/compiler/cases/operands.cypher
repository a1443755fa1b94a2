CYPHER 25
RETURN [head(COLLECT {
  CALL () {
    WHEN (EXISTS {
      MATCH (mark1:KeptCounts) WHERE (mark1.Child = COUNT {
        MATCH (n2:Child)
      })
    } AND (3 <= $p[13])) THEN {
      MATCH (c0:Child) WHERE ((c0.lastNameFolded CONTAINS $p[1]) AND ((c0.key IN $p[2]) AND (normalize(c0.aNumber, NFKD) =~ $p[3]) AND (c0.lastName <> $p[4]) AND ((c0.dateOfBirth < $p[5]) AND (c0.dateOfBirth >= $p[6])) AND (c0.sex IN $p[7]) AND (c0.countryOfBirth IS NOT NULL AND NOT ((c0.countryOfBirth IN $p[8]))) AND c0.enteredOn IS NOT NULL))
      RETURN c0
    } ELSE {
      MATCH (c0:Child) WHERE ((c0.key IN $p[9]) AND (normalize(c0.aNumber, NFKD) =~ $p[10]) AND ((c0.lastName <> $p[4]) AND CASE WHEN c0.lastNameFolded IS NOT NULL THEN (c0.lastNameFolded CONTAINS $p[11]) ELSE (normalize(c0.lastName, NFKD) =~ $p[12]) END) AND ((c0.dateOfBirth < $p[5]) AND (c0.dateOfBirth >= $p[6])) AND (c0.sex IN $p[7]) AND (c0.countryOfBirth IS NOT NULL AND NOT ((c0.countryOfBirth IN $p[8]))) AND c0.enteredOn IS NOT NULL)
      RETURN c0
    }
  }
  WITH c0
  WITH c0 ORDER BY c0.key
  WITH collect(c0) AS rows3
  WITH COLLECT {
    UNWIND rows3 AS c0
    WITH c0 LIMIT $p[14]
    RETURN c0
  } AS page4, size(rows3) AS total5
  RETURN [COLLECT {
    UNWIND page4 AS c0
    RETURN [c0.key]
  }, total5]
})]
