// name: releasesDespiteNegativeHomeStudy
// title: Releases despite a negative home study
// question: Which children were released although the home study had not recommended it? A row is a release for which a
//   study with a negative recommendation was completed on or before the day of the release, with no study that did
//   recommend it, with or without conditions, completed later and by the day of the release.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and home studies dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   homeStudy: HomeStudy! -- The latest study that did not recommend it; ties go to the later key.
//   completedOn: Date! of HomeStudy.completedOn -- Day on which that study was completed.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
// key: child, placement
// order: releasedOn DESC
// severity: HIGH
// source: default
// omits: Studies without a day of completion or without a recommendation, and undated releases.
// example: { releasesDespiteNegativeHomeStudy(first: 20) {
//     totalCount
//     nodes { completedOn releasedOn child { id } placement { sponsor { id lastName } } }
//   } }

// The key is named because the index holds it after the recommendation.
MATCH (study:HomeStudy)
WHERE study.recommendation = 'NEGATIVE' AND study.key IS NOT NULL
MATCH (study)<-[:HAS_HOME_STUDY]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE study.completedOn <= placement.releasedOn AND placement.releasedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND NOT EXISTS {
    MATCH (placement)-[:HAS_HOME_STUDY]->(later)
    WHERE later.recommendation IN ['POSITIVE', 'CONDITIONAL']
      AND study.completedOn < later.completedOn AND later.completedOn <= placement.releasedOn
  }
// The greatest list is that of the latest study; of two on a day, the one whose key comes last.
WITH child, placement, max([study.completedOn, study.key, study])[2] AS homeStudy
RETURN child, placement, homeStudy, homeStudy.completedOn AS completedOn, placement.releasedOn AS releasedOn
