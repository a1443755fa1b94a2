// name: homeStudiesAfterRelease
// title: Home studies ordered or completed only after the release
// question: For which releases was the home study ordered or completed only after the release? A row is a release with
//   a study that was ordered or completed on a later day, whether or not a rule asked for one, and with no study that
//   was completed on or before the day of the release.
// parameters:
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and home studies dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   homeStudy: HomeStudy! -- The first of these studies, by the day of completion, or of the order if it was not
//     completed.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
//   orderedOn: Date of HomeStudy.orderedOn -- Day on which that study was ordered, if known.
//   completedOn: Date of HomeStudy.completedOn -- Day on which it was completed; unknown when it was not by the day
//     asked about.
// key: child, placement
// order: releasedOn DESC
// severity: MEDIUM
// source: 45 CFR 410.1204, in force since 2024-07-01, and ORR's policy before it: a home study takes place before the
//   release.
// rules:
//   45 CFR 410.1204(a) (from 2024-07-01) (secondary) -- A home study takes place before the child's release; ORR's
//     policy guide, 2.1, reports home studies among the steps before a release.
//   45 CFR 410.302(d) (from 2020-12-29, until 2024-06-30) -- Where the statute requires a home study, no release comes
//     without it. Published on 2019-08-23 (84 FR 44392), this was enjoined until the Ninth Circuit let it stand on
//     2020-12-29 (Flores v. Rosen, 984 F.3d 720).
// omits: Studies ordered by the day of the release and never completed, which releasesWithoutRequiredHomeStudy shows
//   where a rule asks for one.
// example: { homeStudiesAfterRelease(first: 20) {
//     totalCount
//     nodes { releasedOn orderedOn completedOn child { id } homeStudy { recommendation } }
//   } }

// The key is named because the indexes hold it after the days.
MATCH (study:HomeStudy)
WHERE (study.orderedOn <= $asOf AND study.key IS NOT NULL) OR (study.completedOn <= $asOf AND study.key IS NOT NULL)
MATCH (study)<-[:HAS_HOME_STUDY]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE ((placement.releasedOn < study.orderedOn AND study.orderedOn <= $asOf)
    OR (placement.releasedOn < study.completedOn AND study.completedOn <= $asOf))
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND NOT EXISTS {
    MATCH (placement)-[:HAS_HOME_STUDY]->(before)
    WHERE before.completedOn <= placement.releasedOn
  }
WITH
  child,
  placement,
  study,
  CASE WHEN study.orderedOn <= $asOf THEN study.orderedOn END AS orderedOn,
  CASE WHEN study.completedOn <= $asOf THEN study.completedOn END AS completedOn
// The smallest list is that of the first study; of two on a day, the one whose key comes first.
WITH child, placement, min([coalesce(completedOn, orderedOn), study.key, study, orderedOn, completedOn]) AS first
RETURN
  child,
  placement,
  first[2] AS homeStudy,
  placement.releasedOn AS releasedOn,
  first[3] AS orderedOn,
  first[4] AS completedOn
