// name: childrenReturnedToCustody
// title: Children back in custody after a release
// question: Which children came back into federal custody after a release? A row is a child with a stay in custody that
//   began on a later day than a release: the latest such stay, and the release before it. A stay begins with the
//   apprehension, else with the transfer to HHS, else with the admission to a shelter: the first of these, in this
//   order, whose day is on record.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and stays dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement! -- The latest release before the return; ties go to the later key.
//   custodyEpisode: CustodyEpisode! -- The latest stay in custody that began after a release; ties go to the later key.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
//   returnedOn: Date! of CustodyEpisode.apprehendedOn or CustodyEpisode.transferredOn or CustodyEpisode.admittedOn --
//     Day on which the stay began.
// key: child
// order: returnedOn DESC
// severity: MEDIUM
// source: default
// omits: Returns with no stay in custody on record, though the reason for a placement's end may tell of them.
// example: { childrenReturnedToCustody(first: 20) {
//     totalCount
//     nodes { releasedOn returnedOn child { id } placement { endReason } custodyEpisode { dischargeKind } }
//   } }
// scans:
//   Child -- Every child who was released and was in custody is looked at, since stays are not indexed by their
//     beginning.

MATCH (child:Child)
WHERE $includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
MATCH (child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn <= $asOf
MATCH (child)-[:HAS_EPISODE]->(episode)
WITH
  child,
  placement,
  episode,
  coalesce(episode.apprehendedOn, episode.transferredOn, episode.admittedOn) AS returnedOn
WHERE placement.releasedOn < returnedOn AND returnedOn <= $asOf
// The greatest list is that of the latest stay and the latest release before it; then the keys decide.
WITH child, max([returnedOn, episode.key, placement.releasedOn, placement.key, episode, placement]) AS last
RETURN
  child,
  last[5] AS placement,
  last[4] AS custodyEpisode,
  last[2] AS releasedOn,
  last[0] AS returnedOn
