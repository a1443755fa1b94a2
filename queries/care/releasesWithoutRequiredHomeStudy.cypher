// name: releasesWithoutRequiredHomeStudy
// title: Releases without a required home study
// question: For which releases was a home study required, and none completed by the day of the release? A study is
//   required for a child on record as a victim of trafficking, with a disability, or as a victim of abuse. Since
//   2015-07-27 it is also required before a child goes to a family friend or an unrelated adult to whom another child
//   was released before, on that day, or up to withinDays days after it, and before a child of at most maxAge years
//   goes to a family friend or an unrelated adult. A study counts when it was completed on or before the day of the
//   release. The stricter words, 12 or under, are taken for all years, although the policy that held until 2024-06-30
//   is reported with the words "under the age of 12".
// parameters:
//   withinDays: Int = 30 (at least 0, at most 36500) -- Another release to the same sponsor up to this many days later
//     shows that the sponsor sought to take several children.
//   maxAge: Int = 12 (at least 0, at most 17) -- Greatest age in years at which a child counts as young.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only releases and home studies dated up to this day count; ages are counted to it.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   reason: String! -- The rule, the first that applies: TRAFFICKING_VICTIM, DISABILITY, ABUSE_VICTIM,
//     UNRELATED_SPONSOR_OF_SEVERAL or YOUNG_CHILD_UNRELATED_SPONSOR.
//   studyOnRecord: String! -- What is on record instead: AFTER_RELEASE, when a study was ordered or completed later;
//     NOT_COMPLETED, when one was only ordered, by the day of the release; NONE.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
// key: child, placement
// order: releasedOn DESC
// severity: HIGH
// source: 8 USC 1232(c)(3)(B); 45 CFR 410.1204, in force since 2024-07-01, and ORR's policy before it; the days within
//   which a sponsor seeks several children are a default.
// rules:
//   8 USC 1232(c)(3)(B) (from 2009-03-23) -- A home study comes first for a victim of a severe form of trafficking, a
//     child with a disability, and a victim of physical or sexual abuse whose health or welfare was harmed or
//     threatened.
//   45 CFR 410.1204(b) (from 2024-07-01) (secondary) -- Also before a non-relative sponsor takes several children, or
//     one more, as the press reported when HHS OIG published OEI-07-21-00250, and before a child of 12 or under goes to
//     a non-relative, of which no report was found.
//   ORR policy guide, 2.4.2 (from 2015-07-27, until 2024-06-30) (secondary) -- The same by policy; the accreditation
//     standards of the Council on Accreditation report it, with the words "under the age of 12".
// omits: Sponsors who clearly present a risk, since no record says so; relatives of category 3, whom the rules do not
//   name; sponsors whose relationship is unknown, since unknown is not unrelated; and applications that led to no
//   release.
// example: { releasesWithoutRequiredHomeStudy(first: 20) {
//     totalCount
//     nodes {
//       reason studyOnRecord releasedOn child { id dateOfBirth } placement { relationship sponsor { id lastName } }
//     }
//   } }
// scans:
//   Child -- What the statute asks for follows from what is known of the child, whoever the sponsor is.

MATCH (child:Child)-[:HAS_PLACEMENT]->(placement)
WHERE placement.releasedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
  AND (placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED']
    OR child.traffickingVictim OR child.disability OR child.abuseVictim)
WITH DISTINCT child, placement
WHERE NOT EXISTS {
  MATCH (placement)-[:HAS_HOME_STUDY]->(study)
  WHERE study.completedOn <= placement.releasedOn
}
WITH child, placement, CASE
  WHEN child.traffickingVictim THEN 'TRAFFICKING_VICTIM'
  WHEN child.disability THEN 'DISABILITY'
  WHEN child.abuseVictim THEN 'ABUSE_VICTIM'
  WHEN placement.releasedOn < date('2015-07-27') THEN null
  WHEN EXISTS {
    MATCH (placement)-[:WITH_SPONSOR]->(sponsor)
    MATCH (sponsor)<-[:WITH_SPONSOR]-(other)<-[:HAS_PLACEMENT]-(another)
    WHERE another <> child AND other.releasedOn <= $asOf
      AND other.releasedOn <= placement.releasedOn + duration({days: $withinDays})
  } THEN 'UNRELATED_SPONSOR_OF_SEVERAL'
  WHEN child.dateOfBirth > placement.releasedOn - duration({years: $maxAge + 1}) THEN 'YOUNG_CHILD_UNRELATED_SPONSOR'
END AS reason
WHERE reason IS NOT NULL
RETURN
  child,
  placement,
  reason,
  CASE
    WHEN EXISTS {
      MATCH (placement)-[:HAS_HOME_STUDY]->(late)
      WHERE (placement.releasedOn < late.orderedOn AND late.orderedOn <= $asOf)
        OR (placement.releasedOn < late.completedOn AND late.completedOn <= $asOf)
    } THEN 'AFTER_RELEASE'
    WHEN EXISTS {
      MATCH (placement)-[:HAS_HOME_STUDY]->(begun)
      WHERE begun.orderedOn <= placement.releasedOn
    } THEN 'NOT_COMPLETED'
    ELSE 'NONE'
  END AS studyOnRecord,
  placement.releasedOn AS releasedOn
