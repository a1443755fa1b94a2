CYPHER 25
RETURN [head(COLLECT {
  CALL () {
    CALL () {
      MATCH (child:Child)
      WHERE coalesce(child.transferredOn, child.enteredOn, $p[5]) <= $p[5]
        AND (
          NOT EXISTS { (child)-[:HAS_NOTICE]->() }
          OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $p[5] }
        )
      WITH
        child,
        // Of two releases on a day, the one whose key comes last; one without a day comes before all others.
        COLLECT {
          MATCH (child)-[:HAS_PLACEMENT]->(placement)
          WHERE coalesce(placement.releasedOn <= $p[5], true)
          RETURN placement ORDER BY coalesce(placement.releasedOn, date('0001-01-01')) DESC, placement.key DESC LIMIT 1
        }[0] AS latest,
        CASE
          WHEN NOT EXISTS { (child)-[:HAS_NOTICE]->() } THEN 'NOT_ISSUED'
          WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $p[5] } THEN 'NOT_FILED'
          WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.issuedOn <= $p[5] } THEN 'NOT_SERVED'
          ELSE 'NOT_ISSUED'
        END AS noticeState
      WHERE noticeState IN $p[1]
      WITH
        child,
        latest,
        noticeState,
        EXISTS {
          MATCH (child)-[:APPLIED_FOR]->(application)
          WHERE application.filedOn <= $p[5] AND coalesce(application.decidedOn > $p[5], application.status = 'PENDING')
        } AS reliefPending,
        CASE
          WHEN latest IS NULL AND NOT EXISTS {
            MATCH (child)-[:HAS_EPISODE]->(ended) WHERE ended.dischargedOn <= $p[5]
          } THEN true
          WHEN latest.endedOn <= $p[5]
            AND latest.endReason =~ '(?is).*return.*'
            AND latest.endReason =~ '(?is).*\\b(hhs|orr|custody|care)\\b.*' THEN true
          ELSE EXISTS {
            MATCH (child)-[:HAS_EPISODE]->(episode)
            WHERE coalesce(episode.dischargedOn > $p[5], true)
              AND ANY(
                day IN [episode.transferredOn, episode.admittedOn]
                WHERE (latest IS NULL OR latest.releasedOn < day) AND day <= $p[5]
              )
          }
        END AS inCare,
        child.dateOfBirth <= $p[5] - duration({years: 18}) AS grownUp
      WHERE ($p[2] OR NOT reliefPending)
        AND ($p[3] OR NOT inCare)
        AND ($p[4] OR NOT coalesce(grownUp, false))
      RETURN
        child,
        duration.inDays(latest.releasedOn, $p[5]).days AS daysSinceRelease,
        noticeState,
        reliefPending,
        inCare,
        grownUp
      
      NEXT
      WITH child AS child0, daysSinceRelease AS dayssincerelease1, noticeState AS noticestate2, reliefPending AS reliefpending3, inCare AS incare4, grownUp AS grownup5
      RETURN child0, dayssincerelease1, noticestate2, reliefpending3, incare4, grownup5 ORDER BY dayssincerelease1 IS NULL, dayssincerelease1 DESC, child0.key
    }
    WITH collect([child0, dayssincerelease1, noticestate2, reliefpending3, incare4, grownup5]) AS rows6
    RETURN COLLECT {
      UNWIND rows6 AS row7
      WITH row7[0] AS child0, row7[1] AS dayssincerelease1, row7[2] AS noticestate2, row7[3] AS reliefpending3, row7[4] AS incare4, row7[5] AS grownup5
      WITH child0, dayssincerelease1, noticestate2, reliefpending3, incare4, grownup5 LIMIT $p[6]
      RETURN [child0, dayssincerelease1, noticestate2, reliefpending3, incare4, grownup5]
    } AS page8, size(rows6) AS total9
  }
  RETURN [COLLECT {
    UNWIND page8 AS row7
    WITH row7[0] AS child0, row7[1] AS dayssincerelease1, row7[2] AS noticestate2, row7[3] AS reliefpending3, row7[4] AS incare4, row7[5] AS grownup5
    RETURN [[[child0.key], dayssincerelease1], [dayssincerelease1, child0.key]]
  }, total9]
}), COUNT {
  MATCH (child:Child)
  WHERE coalesce(child.transferredOn, child.enteredOn, $p[11]) <= $p[11]
    AND (
      NOT EXISTS { (child)-[:HAS_NOTICE]->() }
      OR NOT EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.filedOn <= $p[11] }
    )
  WITH
    child,
    // Of two releases on a day, the one whose key comes last; one without a day comes before all others.
    COLLECT {
      MATCH (child)-[:HAS_PLACEMENT]->(placement)
      WHERE coalesce(placement.releasedOn <= $p[11], true)
      RETURN placement ORDER BY coalesce(placement.releasedOn, date('0001-01-01')) DESC, placement.key DESC LIMIT 1
    }[0] AS latest,
    CASE
      WHEN NOT EXISTS { (child)-[:HAS_NOTICE]->() } THEN 'NOT_ISSUED'
      WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.servedOn <= $p[11] } THEN 'NOT_FILED'
      WHEN EXISTS { MATCH (child)-[:HAS_NOTICE]->(notice) WHERE notice.issuedOn <= $p[11] } THEN 'NOT_SERVED'
      ELSE 'NOT_ISSUED'
    END AS noticeState
  WHERE noticeState IN $p[7]
  WITH
    child,
    latest,
    noticeState,
    EXISTS {
      MATCH (child)-[:APPLIED_FOR]->(application)
      WHERE application.filedOn <= $p[11] AND coalesce(application.decidedOn > $p[11], application.status = 'PENDING')
    } AS reliefPending,
    CASE
      WHEN latest IS NULL AND NOT EXISTS {
        MATCH (child)-[:HAS_EPISODE]->(ended) WHERE ended.dischargedOn <= $p[11]
      } THEN true
      WHEN latest.endedOn <= $p[11]
        AND latest.endReason =~ '(?is).*return.*'
        AND latest.endReason =~ '(?is).*\\b(hhs|orr|custody|care)\\b.*' THEN true
      ELSE EXISTS {
        MATCH (child)-[:HAS_EPISODE]->(episode)
        WHERE coalesce(episode.dischargedOn > $p[11], true)
          AND ANY(
            day IN [episode.transferredOn, episode.admittedOn]
            WHERE (latest IS NULL OR latest.releasedOn < day) AND day <= $p[11]
          )
      }
    END AS inCare,
    child.dateOfBirth <= $p[11] - duration({years: 18}) AS grownUp
  WHERE ($p[8] OR NOT reliefPending)
    AND ($p[9] OR NOT inCare)
    AND ($p[10] OR NOT coalesce(grownUp, false))
  RETURN
    child,
    duration.inDays(latest.releasedOn, $p[11]).days AS daysSinceRelease,
    noticeState,
    reliefPending,
    inCare,
    grownUp
  
}]
