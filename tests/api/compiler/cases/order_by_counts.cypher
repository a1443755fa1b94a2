CYPHER 25
RETURN [COLLECT {
  CALL () {
    MATCH (s0:Sponsor) WHERE (s0.childCount IS NOT NULL AND s0.key IS NOT NULL)
    RETURN s0 ORDER BY s0.childCount DESC, s0.key LIMIT $p[1]
    UNION ALL
    MATCH (s0:Sponsor) WHERE (s0.childCount IS NULL AND s0.key IS NOT NULL)
    RETURN s0 ORDER BY s0.key LIMIT $p[1]
  }
  WITH s0 LIMIT $p[1]
  RETURN [s0.childCount]
}, COLLECT {
  MATCH (s1:Sponsor)
  WITH s1 ORDER BY CASE WHEN (COUNT {
    MATCH (s1)<-[:WITH_SPONSOR]-()
  } < 2) THEN COUNT {
    MATCH (s1)<-[:WITH_SPONSOR]-()
  } ELSE COUNT {
    MATCH (s1)<-[:WITH_SPONSOR]-(p2)
    RETURN DISTINCT p2
  } END DESC, s1.key LIMIT $p[2]
  RETURN [s1.key]
}]
