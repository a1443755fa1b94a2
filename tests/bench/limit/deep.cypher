CYPHER 25
RETURN HEAD(COLLECT {
  MATCH (c:Child {key: $p[0]})
  RETURN [
    c.key, c.firstName, c.lastName,
    COLLECT {
      MATCH (c)-[:HAS_PLACEMENT]->(p)
      WITH p ORDER BY p.key LIMIT 25
      RETURN [
        p.key, toString(p.releasedOn), p.relationship,
        HEAD(COLLECT {
          MATCH (p)-[:WITH_SPONSOR]->(s)
          RETURN [
            s.key, s.firstName, s.lastName,
            COLLECT {
              MATCH (s)-[r:RESIDES_AT]->(a)
              WITH a, r ORDER BY r.key LIMIT 25
              RETURN [
                a.key, a.street, a.city,
                HEAD(COLLECT {
                  MATCH (a)-[:IN_AREA]->(z)
                  RETURN [z.key, z.postalCode, z.city, z.state]
                })
              ]
            }
          ]
        })
      ]
    }
  ]
})
