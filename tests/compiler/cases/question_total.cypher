CYPHER 25
RETURN [head(COLLECT {
  CALL () {
    CALL () {
      // Children without any notice are told by degree; only the others' notices are looked into.
      MATCH (child:Child)
      WHERE coalesce(child.transferredOn, child.enteredOn, $p[1]) <= $p[1]
        AND (
          NOT EXISTS { (child)-[:HAS_NOTICE]->() }
          OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $p[1] }
        )
      OPTIONAL MATCH (child)-[:HAS_PLACEMENT]->(placement)
      WHERE placement.releasedOn <= $p[1]
      WITH child, max(placement.releasedOn) AS releasedOn
      RETURN child, duration.inDays(releasedOn, $p[1]).days AS daysSinceRelease
      
      NEXT
      WITH child AS child0, daysSinceRelease AS dayssincerelease1
      RETURN child0, dayssincerelease1 ORDER BY dayssincerelease1 IS NULL, dayssincerelease1 DESC, child0.key
    }
    WITH collect([child0, dayssincerelease1]) AS rows2
    RETURN COLLECT {
      UNWIND rows2 AS row3
      WITH row3[0] AS child0, row3[1] AS dayssincerelease1
      WITH child0, dayssincerelease1 LIMIT $p[2]
      RETURN [child0, dayssincerelease1]
    } AS page4, size(rows2) AS total5
  }
  RETURN [COLLECT {
    UNWIND page4 AS row3
    WITH row3[0] AS child0, row3[1] AS dayssincerelease1
    RETURN [[[child0.key], dayssincerelease1], [dayssincerelease1, child0.key]]
  }, total5]
}), COUNT {
  // Children without any notice are told by degree; only the others' notices are looked into.
  MATCH (child:Child)
  WHERE coalesce(child.transferredOn, child.enteredOn, $p[3]) <= $p[3]
    AND (
      NOT EXISTS { (child)-[:HAS_NOTICE]->() }
      OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $p[3] }
    )
  OPTIONAL MATCH (child)-[:HAS_PLACEMENT]->(placement)
  WHERE placement.releasedOn <= $p[3]
  WITH child, max(placement.releasedOn) AS releasedOn
  RETURN child, duration.inDays(releasedOn, $p[3]).days AS daysSinceRelease
  
}]
