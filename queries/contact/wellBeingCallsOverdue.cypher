// name: wellBeingCallsOverdue
// title: Well-being calls overdue
// question: For which placed children is the well-being call overdue? A row is a child whose current placement began
//   more than the given number of days ago, and about whom no well-being call on a later day than the release is on
//   record, whatever came of it. The current placement is the latest release up to the day asked about that had not
//   ended by it; a release or a call without a day does not count.
// parameters:
//   withinDays: Int = 30 (at least 1) -- Days after the release within which the call is due.
//   asOf: Date = today -- Only releases and calls dated up to this day count; days are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement! -- The current placement.
//   daysOverdue: Int! -- Days since the last day on which the call was due.
// key: child
// order: daysOverdue DESC
// severity: MEDIUM
// source: ORR policy guide, section 6, in force on 2024-05-31: a well-being call comes 30 days after the release.
// example: { wellBeingCallsOverdue(first: 20) {
//     totalCount
//     nodes { daysOverdue child { id phones { nodes { number } } } placement { releasedOn sponsor { id lastName } } }
//   } }

// The key is named because the index holds it after the day.
MATCH (placement:Placement)
WHERE placement.releasedOn < $asOf - duration({days: $withinDays}) AND placement.key IS NOT NULL
  AND coalesce(placement.endedOn > $asOf, true)
MATCH (placement)<-[:HAS_PLACEMENT]-(child)
WHERE NOT EXISTS {
    MATCH (child)-[:HAS_CONTACT]->(call)
    WHERE call.kind = 'WELL_BEING_CALL' AND placement.releasedOn < call.attemptedOn AND call.attemptedOn <= $asOf
  }
  AND NOT EXISTS {
    MATCH (child)-[:HAS_PLACEMENT]->(later)
    WHERE placement.releasedOn < later.releasedOn AND later.releasedOn <= $asOf
      AND coalesce(later.endedOn > $asOf, true)
  }
// Of two releases on a day, the one whose key comes first.
WITH child, min([placement.key, placement])[1] AS placement
RETURN child, placement, duration.inDays(placement.releasedOn, $asOf).days - $withinDays AS daysOverdue
