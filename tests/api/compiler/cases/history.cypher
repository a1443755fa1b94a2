CYPHER 25
RETURN [head(COLLECT {
  MATCH (c0:CourtCase) WHERE (c0.key = $p[1])
  RETURN [[[['openedOn', toString(c0.openedOn)], ['status', toString(c0.status)], ['closedOn', toString(c0.closedOn)]], COLLECT {
    MATCH (c0)-[f1:FROM_SOURCE]->(s2:Source)
    RETURN [s2.key, coalesce(s2.system, s2.key), CASE WHEN coalesce(f1.recordedAt, s2.extractedAt) IS NOT NULL THEN toString(datetime({datetime: coalesce(f1.recordedAt, s2.extractedAt), timezone: 'Z'})) ELSE null END, f1.gives, CASE WHEN f1.importedAt IS NOT NULL THEN toString(datetime({datetime: f1.importedAt, timezone: 'Z'})) ELSE null END]
  }, COLLECT {
    MATCH (word3:Assertion) WHERE ((word3.about = c0.key) AND (word3.of = 'CourtCase') AND (word3.property IN ['openedOn', 'status', 'closedOn']))
    RETURN [word3.property, toString(word3.value), word3.source, word3.system, CASE WHEN word3.recordedAt IS NOT NULL THEN toString(datetime({datetime: word3.recordedAt, timezone: 'Z'})) ELSE null END, CASE WHEN word3.supersededAt IS NOT NULL THEN toString(datetime({datetime: word3.supersededAt, timezone: 'Z'})) ELSE null END, word3.supersededBy, false, coalesce((word3.stands = true), false)] ORDER BY word3.property, word3.supersededAt, word3.system, word3.key
  }], [[['openedOn', toString(c0.openedOn)], ['status', toString(c0.status)], ['closedOn', toString(c0.closedOn)]], COLLECT {
    MATCH (c0)-[f4:FROM_SOURCE]->(s5:Source)
    RETURN [s5.key, coalesce(s5.system, s5.key), CASE WHEN coalesce(f4.recordedAt, s5.extractedAt) IS NOT NULL THEN toString(datetime({datetime: coalesce(f4.recordedAt, s5.extractedAt), timezone: 'Z'})) ELSE null END, f4.gives, CASE WHEN f4.importedAt IS NOT NULL THEN toString(datetime({datetime: f4.importedAt, timezone: 'Z'})) ELSE null END]
  }, COLLECT {
    MATCH (word6:Assertion) WHERE ((word6.about = c0.key) AND (word6.of = 'CourtCase') AND (word6.property IN ['openedOn', 'status', 'closedOn']))
    RETURN [word6.property, toString(word6.value), word6.source, word6.system, CASE WHEN word6.recordedAt IS NOT NULL THEN toString(datetime({datetime: word6.recordedAt, timezone: 'Z'})) ELSE null END, CASE WHEN word6.supersededAt IS NOT NULL THEN toString(datetime({datetime: word6.supersededAt, timezone: 'Z'})) ELSE null END, word6.supersededBy, false, coalesce((word6.stands = true), false)] ORDER BY word6.property, word6.supersededAt, word6.system, word6.key
  }]]
})]
