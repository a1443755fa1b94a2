CYPHER 25
RETURN [COLLECT {
  CALL () {
    WHEN EXISTS {
      MATCH (mark3:KeptCounts) WHERE ((mark3.latestRelease <= $p[2]) AND (mark3.placements = COUNT {
        MATCH (n4)-[:HAS_PLACEMENT]->()
      }) AND (mark3.sponsored = COUNT {
        MATCH (n5)-[:WITH_SPONSOR]->()
      }))
    } THEN {
      MATCH (sponsor:Sponsor)
      WHERE sponsor.childCount >= $p[1] AND sponsor.key IS NOT NULL
      RETURN sponsor, sponsor.childCount AS childCount, sponsor.unrelatedChildCount AS unrelatedCount
      
      NEXT
      WITH sponsor AS sponsor0, childCount AS childcount1, unrelatedCount AS unrelatedcount2
      RETURN sponsor0, childcount1, unrelatedcount2 ORDER BY childcount1 DESC, sponsor0.key LIMIT $p[3]
    } ELSE {
      MATCH (sponsor:Sponsor)
      WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-() } >= $p[1]
      MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
      WHERE placement.releasedOn <= $p[2]
      WITH
        sponsor,
        count(DISTINCT child) AS childCount,
        count(DISTINCT CASE WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] THEN child END) AS unrelatedCount
      WHERE childCount >= $p[1]
      RETURN sponsor, childCount, unrelatedCount
      
      NEXT
      WITH sponsor AS sponsor0, childCount AS childcount1, unrelatedCount AS unrelatedcount2
      RETURN sponsor0, childcount1, unrelatedcount2 ORDER BY childcount1 DESC, sponsor0.key LIMIT $p[3]
    }
  }
  RETURN [childcount1, unrelatedcount2, [sponsor0.key, sponsor0.lastName, COLLECT {
    MATCH (sponsor0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c6)
    WITH DISTINCT c6
    WITH c6 ORDER BY c6.key LIMIT $p[4]
    RETURN [c6.firstName]
  }]]
}]
