CYPHER 25
RETURN [COLLECT {
  CALL () {
    WHEN EXISTS {
      MATCH (mark4:KeptCounts) WHERE ((mark4.latestRelease <= $p[3]) AND (mark4.placements = COUNT {
        MATCH (n5)-[:HAS_PLACEMENT]->()
      }) AND (mark4.sponsored = COUNT {
        MATCH (n6)-[:WITH_SPONSOR]->()
      }))
    } THEN {
      MATCH (sponsor:Sponsor)
      WHERE sponsor.childCount >= $p[1]
        AND sponsor.unrelatedChildCount >= $p[2]
        AND sponsor.key IS NOT NULL
      RETURN
        sponsor,
        sponsor.childCount AS childCount,
        sponsor.unrelatedChildCount AS unrelatedCount,
        COUNT {
          MATCH (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(child)
          WITH DISTINCT child
          MATCH ANY SHORTEST (child)-[:SIBLING_OF]-*(relative)
          WITH DISTINCT child, relative
          WITH child, min(relative.key) AS family
          RETURN DISTINCT family
        } AS siblingGroups
      
      NEXT
      WITH sponsor AS sponsor0, childCount AS childcount1, unrelatedCount AS unrelatedcount2, siblingGroups AS siblinggroups3
      RETURN sponsor0, childcount1, unrelatedcount2, siblinggroups3 ORDER BY childcount1 DESC, sponsor0.key LIMIT $p[4]
    } ELSE {
      MATCH (sponsor:Sponsor)
      WHERE COUNT { (sponsor)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-() } >= $p[1]
      MATCH (sponsor)<-[:WITH_SPONSOR]-(placement)<-[:HAS_PLACEMENT]-(child)
      WHERE placement.releasedOn <= $p[3]
      WITH
        sponsor,
        collect(DISTINCT child) AS children,
        count(DISTINCT CASE WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] THEN child END) AS unrelatedCount
      WHERE size(children) >= $p[1] AND unrelatedCount >= $p[2]
      RETURN sponsor, size(children) AS childCount, unrelatedCount, COUNT {
        UNWIND children AS own
        MATCH ANY SHORTEST (own)-[:SIBLING_OF]-*(relative)
        WITH DISTINCT own, relative
        WITH own, min(relative.key) AS family
        RETURN DISTINCT family
      } AS siblingGroups
      
      NEXT
      WITH sponsor AS sponsor0, childCount AS childcount1, unrelatedCount AS unrelatedcount2, siblingGroups AS siblinggroups3
      RETURN sponsor0, childcount1, unrelatedcount2, siblinggroups3 ORDER BY childcount1 DESC, sponsor0.key LIMIT $p[4]
    }
  }
  RETURN [childcount1, unrelatedcount2, [sponsor0.key, sponsor0.lastName, COLLECT {
    MATCH (sponsor0)<-[:WITH_SPONSOR]-()<-[:HAS_PLACEMENT]-(c7)
    WITH DISTINCT c7
    WITH c7 ORDER BY c7.key LIMIT $p[5]
    RETURN [c7.firstName]
  }]]
}]
