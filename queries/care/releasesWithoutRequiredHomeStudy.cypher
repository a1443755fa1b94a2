// name: releasesWithoutRequiredHomeStudy
// title: Releases without a required home study
// question: For which releases was a home study required and none is on record? Two of the rules can be told from these
//   records: the child went to a family friend or an unrelated adult to whom another child had been released before or
//   was on that day, or a child of 12 or under went to a sponsor of category 3. The rules for victims of trafficking or
//   abuse, for disability and for a sponsor who is clearly a risk cannot be told. A study counts from the day it was
//   ordered, or completed where that is unknown; one without a day counts, because it is on record.
// parameters:
//   asOf: Date = today -- Only releases and home studies dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   reason: String! -- The rule: UNRELATED_SPONSOR_OF_SEVERAL, or YOUNG_CHILD_CATEGORY_3 where that one does not apply.
//   releasedOn: Date! -- Day of the release.
// key: child, placement
// order: releasedOn DESC
// severity: HIGH
// source: ORR policy guide, and 45 CFR 410.1204 in force since 2024-07-01: a home study comes before an unrelated
//   sponsor takes several children, or one more, and before a child of 12 or under goes to a category 3 sponsor.
// example: { releasesWithoutRequiredHomeStudy(first: 20) {
//     totalCount
//     nodes { reason releasedOn child { id dateOfBirth } placement { sponsorCategory sponsor { id lastName } } }
//   } }

// The key is named because the indexes hold it after the relationship and the category.
MATCH (placement:Placement)
WHERE (placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] AND placement.key IS NOT NULL)
  OR (placement.sponsorCategory = '3' AND placement.key IS NOT NULL)
WITH DISTINCT placement
WHERE placement.releasedOn <= $asOf
MATCH (placement)<-[:HAS_PLACEMENT]-(child)
WHERE NOT EXISTS {
  MATCH (placement)-[:HAS_HOME_STUDY]->(study)
  WHERE coalesce(study.orderedOn, study.completedOn, $asOf) <= $asOf
}
WITH child, placement, CASE
  WHEN placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] AND EXISTS {
    MATCH (placement)-[:WITH_SPONSOR]->()<-[:WITH_SPONSOR]-(other)<-[:HAS_PLACEMENT]-(another)
    WHERE other.releasedOn <= placement.releasedOn AND another <> child
  } THEN 'UNRELATED_SPONSOR_OF_SEVERAL'
  WHEN placement.sponsorCategory = '3' AND child.dateOfBirth > placement.releasedOn - duration({years: 13})
    THEN 'YOUNG_CHILD_CATEGORY_3'
END AS reason
WHERE reason IS NOT NULL
RETURN child, placement, reason, placement.releasedOn AS releasedOn
