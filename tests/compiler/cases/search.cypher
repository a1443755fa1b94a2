CYPHER 25
RETURN [COLLECT {
  CALL db.index.fulltext.queryNodes('search', $p[1], {limit: $p[2]}) YIELD node AS n0, score AS score1
  WITH n0, score1 ORDER BY score1 DESC, n0.key LIMIT $p[2]
  RETURN [score1, head(COLLECT {
    CALL (n0) {
      WITH n0 WHERE n0:Child
      RETURN [0, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Sponsor
      RETURN [1, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Address
      RETURN [2, [n0.key, n0.street]] AS found2
      UNION ALL
      WITH n0 WHERE n0:PostalArea
      RETURN [3, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Phone
      RETURN [4, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Agency
      RETURN [5, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Employer
      RETURN [6, [n0.key]] AS found2
      UNION ALL
      WITH n0 WHERE n0:Source
      RETURN [7, [n0.key]] AS found2
    }
    RETURN found2
  })]
}]
