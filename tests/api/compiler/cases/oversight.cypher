CYPHER 25
RETURN [[EXISTS {
  MATCH (d0:Dataset)
}, head(COLLECT {
  CALL () {
    WHEN (EXISTS {
      MATCH (mark47:KeptCounts) WHERE (mark47.Child = COUNT {
        MATCH (n48:Child)
      })
    } AND EXISTS {
      MATCH (mark49:KeptCounts) WHERE ((mark49.HAD_OUTCOME = COUNT {
        MATCH (n50)-[:HAD_OUTCOME]->()
      }) AND (mark49.HAS_CONTACT = COUNT {
        MATCH (n51)-[:HAS_CONTACT]->()
      }) AND (mark49.HAS_HEARING = COUNT {
        MATCH (n52)-[:HAS_HEARING]->()
      }) AND (mark49.HAS_NOTICE = COUNT {
        MATCH (n53)-[:HAS_NOTICE]->()
      }) AND (mark49.placements = COUNT {
        MATCH (n54)-[:HAS_PLACEMENT]->()
      }) AND (mark49.RELEASED_TO = COUNT {
        MATCH (n55)-[:RELEASED_TO]->()
      }) AND (mark49.RESPONDENT_IN = COUNT {
        MATCH (n56)-[:RESPONDENT_IN]->()
      }))
    }) THEN {
      RETURN COLLECT {
        MATCH (child1:Child) WHERE child1.reportDays IS NOT NULL
        WITH child1, child1.reportDays AS days2 WHERE ((days2[0] <= $p[1]) AND (CASE WHEN (days2[1] > 0) THEN ((days2[1] / 100) + ((days2[1] % 100) / 10)) ELSE null END IN $p[2]))
        WITH child1, days2, CASE WHEN (days2[2] <= $p[1]) THEN 1 ELSE 0 END AS missed3, CASE WHEN (days2[5] <= $p[1]) THEN 3 ELSE CASE WHEN (days2[4] <= $p[1]) THEN 2 ELSE CASE WHEN (days2[3] <= $p[1]) THEN 1 ELSE 0 END END END AS stage4, CASE WHEN (days2[7] <= $p[1]) THEN CASE WHEN ((days2[8] <= $p[1]) AND NOT ((days2[9] <= $p[1]))) THEN 1 ELSE 0 END ELSE CASE WHEN (days2[6] <= $p[1]) THEN CASE WHEN (EXISTS {
          MATCH (child1)-[:HAS_PLACEMENT]->(p5) WHERE (p5.releasedOn IS NULL OR (p5.releasedOn <= $p[3]))
        } AND EXISTS {
          MATCH (child1)-[:HAS_CONTACT]->(a6) WHERE ((a6.attemptedOn <= $p[3]) AND NOT (EXISTS {
            MATCH (child1)-[:HAS_PLACEMENT]->(p7) WHERE ((p7.releasedOn >= a6.attemptedOn) AND (p7.releasedOn <= $p[3]))
          }))
        } AND NOT (EXISTS {
          MATCH (child1)-[:HAS_CONTACT]->(a8) WHERE ((a8.attemptedOn <= $p[3]) AND NOT (EXISTS {
            MATCH (child1)-[:HAS_PLACEMENT]->(p9) WHERE ((p9.releasedOn >= a8.attemptedOn) AND (p9.releasedOn <= $p[3]))
          }) AND (a8.outcome = 'REACHED') AND (a8.reached IS NULL OR (a8.reached IN ['CHILD', 'BOTH']) OR ((a8.kind IN ['HOME_VISIT', 'WELLNESS_CHECK']) AND a8.childWithSponsor)))
        })) THEN 1 ELSE 0 END ELSE 0 END END AS unreached10, CASE WHEN (days2[7] <= $p[1]) THEN days2[10] ELSE CASE WHEN (days2[6] <= $p[1]) THEN COUNT {
          MATCH (child1)-[:HAS_PLACEMENT]->(p11)-[:RELEASED_TO]->(a12) WHERE ((a12.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']) AND (p11.releasedOn IS NULL OR (p11.releasedOn <= $p[3])))
          RETURN DISTINCT p11
        } ELSE 0 END END AS bad13
        WITH CASE WHEN (days2[1] > 0) THEN ((days2[1] / 100) + ((days2[1] % 100) / 10)) ELSE null END AS v14, count(*) AS n15, sum(missed3) AS n16, sum(CASE WHEN (stage4 = 0) THEN 1 ELSE 0 END) AS n17, sum(CASE WHEN (stage4 = 1) THEN 1 ELSE 0 END) AS n18, sum(CASE WHEN (stage4 = 2) THEN 1 ELSE 0 END) AS n19, sum(unreached10) AS n20, sum(bad13) AS n21 ORDER BY v14 IS NULL, v14 LIMIT 10001
        RETURN [v14, n15, n16, n17, n18, n19, n20, n21]
      } AS rows22
    } ELSE {
      RETURN COLLECT {
        MATCH (child1:Child) WHERE ((coalesce(child1.transferredOn, child1.enteredOn) IS NULL OR (coalesce(child1.transferredOn, child1.enteredOn) <= $p[3])) AND ((coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) IN $p[2]))
        WITH child1, CASE WHEN (EXISTS {
          MATCH (child1)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(h23) WHERE ((h23.outcome = 'MISSED') AND (h23.scheduledOn IS NULL OR (h23.scheduledOn <= $p[3])) AND (NOT (EXISTS {
            MATCH (child1)-[:HAD_OUTCOME]->(h23)
          }) OR EXISTS {
            MATCH (child1)-[r24:HAD_OUTCOME]->(h23) WHERE r24.outcome IS NULL
          }))
        } OR EXISTS {
          MATCH (child1)-[r25:HAD_OUTCOME]->(h23) WHERE ((r25.outcome = 'MISSED') AND (h23.scheduledOn IS NULL OR (h23.scheduledOn <= $p[3])))
        }) THEN 1 ELSE 0 END AS missed26, CASE WHEN EXISTS {
          MATCH (child1)-[:HAS_NOTICE]->(n27) WHERE (n27.filedOn <= $p[3])
        } THEN 3 ELSE CASE WHEN EXISTS {
          MATCH (child1)-[:HAS_NOTICE]->(n28) WHERE (n28.servedOn <= $p[3])
        } THEN 2 ELSE CASE WHEN EXISTS {
          MATCH (child1)-[:HAS_NOTICE]->(n29) WHERE (n29.issuedOn <= $p[3])
        } THEN 1 ELSE 0 END END END AS stage30, CASE WHEN (EXISTS {
          MATCH (child1)-[:HAS_PLACEMENT]->(p31) WHERE (p31.releasedOn IS NULL OR (p31.releasedOn <= $p[3]))
        } AND EXISTS {
          MATCH (child1)-[:HAS_CONTACT]->(a32) WHERE ((a32.attemptedOn <= $p[3]) AND NOT (EXISTS {
            MATCH (child1)-[:HAS_PLACEMENT]->(p33) WHERE ((p33.releasedOn >= a32.attemptedOn) AND (p33.releasedOn <= $p[3]))
          }))
        } AND NOT (EXISTS {
          MATCH (child1)-[:HAS_CONTACT]->(a34) WHERE ((a34.attemptedOn <= $p[3]) AND NOT (EXISTS {
            MATCH (child1)-[:HAS_PLACEMENT]->(p35) WHERE ((p35.releasedOn >= a34.attemptedOn) AND (p35.releasedOn <= $p[3]))
          }) AND (a34.outcome = 'REACHED') AND (a34.reached IS NULL OR (a34.reached IN ['CHILD', 'BOTH']) OR ((a34.kind IN ['HOME_VISIT', 'WELLNESS_CHECK']) AND a34.childWithSponsor)))
        })) THEN 1 ELSE 0 END AS unreached36, COUNT {
          MATCH (child1)-[:HAS_PLACEMENT]->(p37)-[:RELEASED_TO]->(a38) WHERE ((a38.deliverability IN ['BLANK', 'UNDELIVERABLE', 'MISSING_UNIT']) AND (p37.releasedOn IS NULL OR (p37.releasedOn <= $p[3])))
          RETURN DISTINCT p37
        } AS bad39
        WITH (coalesce(child1.transferredOn, child1.enteredOn).year + (coalesce(child1.transferredOn, child1.enteredOn).month / 10)) AS v14, count(*) AS n40, sum(missed26) AS n41, sum(CASE WHEN (stage30 = 0) THEN 1 ELSE 0 END) AS n42, sum(CASE WHEN (stage30 = 1) THEN 1 ELSE 0 END) AS n43, sum(CASE WHEN (stage30 = 2) THEN 1 ELSE 0 END) AS n44, sum(unreached36) AS n45, sum(bad39) AS n46 ORDER BY v14 IS NULL, v14 LIMIT 10001
        RETURN [v14, n40, n41, n42, n43, n44, n45, n46]
      } AS rows22
    }
  }
  RETURN rows22
})]]
