CYPHER 25
RETURN [[COLLECT {
  UNWIND $p[1] AS row0
  WITH row0, row0[0] AS key1, row0[1] AS sponsorCount2, row0[2] AS childCount3, row0[3] AS addressCount4, row0[4] AS phoneCount5
  WITH row0, key1, sponsorCount2, childCount3, addressCount4, phoneCount5 ORDER BY sponsorCount2 DESC, childCount3 DESC, key1 LIMIT $p[2]
  RETURN [[key1, sponsorCount2, COLLECT {
    UNWIND row0[5][..$p[3]] AS k6
    MATCH (s7:Sponsor) WHERE (s7.key = k6)
    RETURN [s7.lastName]
  }, COLLECT {
    UNWIND row0[7][..$p[4]] AS k8
    MATCH (a9:Address) WHERE (a9.key = k8)
    RETURN [a9.street]
  }], [sponsorCount2, childCount3, key1]]
}, size($p[1])]]
