CYPHER 25
RETURN HEAD(COLLECT {
  MATCH (c:Child {key: $p[0]})
  RETURN [
    c.key, c.firstName, c.lastName, toString(c.dateOfBirth),
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
            },
            COLLECT {
              MATCH (s)<-[:WITH_SPONSOR]-(q)
              WITH q ORDER BY q.key LIMIT 25
              RETURN [
                q.key, toString(q.releasedOn),
                HEAD(COLLECT {
                  MATCH (q)<-[:HAS_PLACEMENT]-(d)
                  RETURN [d.key, d.firstName, d.lastName]
                })
              ]
            }
          ]
        })
      ]
    },
    COLLECT {
      MATCH (c)-[:RESPONDENT_IN]->(k)
      WITH k ORDER BY k.key LIMIT 25
      RETURN [
        k.key, k.status,
        HEAD(COLLECT {
          MATCH (k)-[:VENUED_AT]->(g)
          RETURN [g.key, g.name]
        }),
        COLLECT {
          MATCH (k)-[:HAS_HEARING]->(h)
          WITH h ORDER BY h.key LIMIT 25
          RETURN [h.key, toString(h.scheduledOn), h.outcome]
        }
      ]
    },
    COLLECT {
      MATCH (c)-[:HAS_CONTACT]->(x)
      WITH x ORDER BY x.key LIMIT 25
      RETURN [
        x.key, toString(x.attemptedOn), x.outcome,
        HEAD(COLLECT {
          MATCH (x)-[:MADE_BY]->(g)
          RETURN [g.key, g.name]
        })
      ]
    }
  ]
})
