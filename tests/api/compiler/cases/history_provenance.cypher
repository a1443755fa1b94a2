CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:CourtCase) WHERE (c0.key = $p[1])
  RETURN [[[[['openedOn', toString(c0.openedOn)], ['status', toString(c0.status)], ['closedOn', toString(c0.closedOn)]], COLLECT {
    MATCH (c0)-[f1:FROM_SOURCE]->(s2:Source)
    RETURN [s2.key, coalesce(s2.system, s2.key), CASE WHEN coalesce(f1.recordedAt, s2.extractedAt) IS NOT NULL THEN toString(datetime({datetime: coalesce(f1.recordedAt, s2.extractedAt), timezone: 'Z'})) ELSE null END, f1.gives, CASE WHEN f1.importedAt IS NOT NULL THEN toString(datetime({datetime: f1.importedAt, timezone: 'Z'})) ELSE null END]
  }, COLLECT {
    MATCH (word3:Assertion) WHERE ((word3.about = c0.key) AND (word3.of = 'CourtCase') AND (word3.property IN ['openedOn', 'status', 'closedOn']))
    RETURN [word3.property, toString(word3.value), word3.source, word3.system, CASE WHEN word3.recordedAt IS NOT NULL THEN toString(datetime({datetime: word3.recordedAt, timezone: 'Z'})) ELSE null END, CASE WHEN word3.supersededAt IS NOT NULL THEN toString(datetime({datetime: word3.supersededAt, timezone: 'Z'})) ELSE null END, word3.supersededBy, false, coalesce((word3.stands = true), false)] ORDER BY word3.property, word3.supersededAt, word3.system, word3.key
  }], COLLECT {
    MATCH (c0)-[f4:FROM_SOURCE]->(s5:Source)
    RETURN [s5.key, s5.file, f4.row, CASE WHEN f4.importedAt IS NOT NULL THEN toString(datetime({datetime: f4.importedAt, timezone: 'Z'})) ELSE null END, toString(f4.missingSince)]
  }], COLLECT {
    MATCH (c0)-[r6:FROM_SOURCE]->(s7)
    WITH s7, r6 ORDER BY r6.key LIMIT $p[2]
    RETURN [[head(COLLECT {
      MATCH (entry8:Change) WHERE ((entry8.source = s7.key) AND (entry8.kind = 'import'))
      RETURN CASE WHEN entry8.at IS NOT NULL THEN toString(datetime({datetime: entry8.at, timezone: 'Z'})) ELSE null END ORDER BY entry8.at DESC LIMIT 1
    }), head(COLLECT {
      MATCH (i9:Import) WHERE (i9.key = s7.key)
      RETURN [i9.records, i9.before, CASE WHEN i9.at IS NOT NULL THEN toString(datetime({datetime: i9.at, timezone: 'Z'})) ELSE null END]
    })], [COLLECT {
      MATCH (s7)<-[f10:FROM_SOURCE]-(n11)
      WITH head(labels(n11)) AS label12, count(f10) AS records13, count(f10.missingSince) AS missing14
      RETURN [label12, records13, missing14] ORDER BY label12
    }, head(COLLECT {
      MATCH (i15:Import) WHERE (i15.key = s7.key)
      RETURN [i15.records, i15.before, CASE WHEN i15.at IS NOT NULL THEN toString(datetime({datetime: i15.at, timezone: 'Z'})) ELSE null END]
    })]]
  }]
})]
