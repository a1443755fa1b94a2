// name: releasesWithoutSafetyChecks
// title: Releases while a safety check was missing or pending
// question: Which children were released while a check of the sponsor, or of an adult of the household, had no result?
//   Missing is a check that is asked of every sponsor and of which neither a request nor a result is dated up to the
//   day of the release; from 2025-02-14 on that includes fingerprints, of the sponsor and of every adult who lived with
//   the sponsor on that day (an unknown first or last day sets no limit). Pending is any check that was requested up to
//   that day, when neither it nor another of the same kind for the same person had a result by then; one that came back
//   that very day is done. A check is of the person whom it names; one of a sponsor that names nobody is of the
//   release's sponsor.
// parameters:
//   kinds: [BackgroundCheckKind!] = ["PUBLIC_RECORDS", "SEX_OFFENDER_REGISTRY"] -- Checks that are asked of every
//     sponsor.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   child: Child -- The child.
//   placement: Placement -- The release.
//   kind: String! of BackgroundCheck.kind -- What was, or should have been, searched: PUBLIC_RECORDS,
//     SEX_OFFENDER_REGISTRY, FINGERPRINTS or CHILD_ABUSE_REGISTRY.
//   subject: String! of BackgroundCheck.subject -- Whom the check is about: SPONSOR or HOUSEHOLD_MEMBER.
//   person: String! of Sponsor.key or HouseholdMember.key -- Key of the record of the sponsor or the adult.
//   state: String! -- MISSING or PENDING.
//   backgroundCheck: BackgroundCheck -- The pending check, the one requested first; unknown for a missing one.
//   requestedOn: Date of BackgroundCheck.requestedOn -- Day on which it was requested.
//   resultOn: Date of BackgroundCheck.resultOn -- Day on which its result came, after the release; unknown where none
//     came up to the day asked about.
//   releasedOn: Date! of Placement.releasedOn -- Day of the release.
// key: child, placement, kind, person
// order: releasedOn DESC, kind
// severity: MEDIUM
// source: HHS OIG, OEI-07-21-00250 (February 2024), found no record of required checks in 16 percent of the files in
//   its sample, and fingerprints or a registry of child abuse still pending without a later result in 19 percent, as
//   reported by NewsNation; which checks are asked of every sponsor is the default.
// rules:
//   ORR Field Guidance 26 (from 2025-02-14) (secondary) -- Fingerprints of sponsors and of the adults of their
//     households before a release; as the Immigration Policy Tracking Project reports it.
//   45 CFR 410.1202 (from 2024-07-01) (secondary) -- Sponsors are assessed before a release; fingerprints of the adults
//     of the household may be asked for; as the Immigration Policy Tracking Project reports it.
// omits: Undated releases and those without a sponsor's record, checks that only some sponsors need, such as
//   fingerprints by category before 2025-02-14, and checks made for another release to the same sponsor.
// example: { releasesWithoutSafetyChecks(first: 20) {
//     totalCount
//     nodes { kind subject state requestedOn resultOn releasedOn child { id lastName } placement { id program } }
//   } }
// scans:
//   Sponsor -- Every release up to the day is looked at, from its sponsor on.

// Every release is looked at, which is quicker child by child than in the order of an index of days.
MATCH (child:Child)-[:HAS_PLACEMENT]->(placement:Placement)-[:WITH_SPONSOR]->(sponsor:Sponsor)
WHERE coalesce(placement.releasedOn <= $asOf, false)
WITH DISTINCT child, placement, sponsor
WITH
  child,
  placement,
  sponsor,
  placement.releasedOn >= date('2025-02-14') AS fingerprinted,
  COLLECT { MATCH (sponsor)<-[:CHECK_OF]-(named) RETURN named } AS naming,
  COLLECT {
    MATCH (placement)-[:HAS_CHECK]->(one)
    WHERE one.requestedOn <= placement.releasedOn OR one.resultOn <= placement.releasedOn
    RETURN DISTINCT one ORDER BY one.requestedOn, one.key
  } AS checks
WITH *, [
  one IN checks
  WHERE one IN naming OR one.subject = 'SPONSOR' AND NOT EXISTS { (one)-[:CHECK_OF]->() }
] AS own
WHERE fingerprinted
  OR any(one IN checks WHERE coalesce(one.resultOn > placement.releasedOn, true))
  OR any(kind IN $kinds WHERE none(one IN own WHERE coalesce(one.kind = kind, false)))
WITH
  child,
  placement,
  checks,
  [
    kind IN
      $kinds
      + CASE WHEN fingerprinted THEN ['FINGERPRINTS'] ELSE [] END
      + [one IN own WHERE one.kind IS NOT NULL AND NOT one.kind IN $kinds | one.kind]
    WHERE none(one IN own WHERE coalesce(one.kind = kind AND one.resultOn <= placement.releasedOn, false))
    | [kind, 'SPONSOR', sponsor.key, head([one IN own WHERE one.kind = kind])]
  ] AS ofSponsor,
  CASE
    WHEN fingerprinted THEN COLLECT {
      MATCH (sponsor)<-[living:LIVES_WITH]-(member)
      WHERE coalesce(living.since <= placement.releasedOn, true)
        AND coalesce(placement.releasedOn <= living.until, true)
      RETURN DISTINCT ['FINGERPRINTS', member.key]
    }
    ELSE []
  END + CASE
    WHEN any(one IN checks WHERE coalesce(one.resultOn > placement.releasedOn, true)) THEN COLLECT {
      UNWIND checks AS one
      MATCH (one)-[:CHECK_OF]->(member:HouseholdMember)
      WHERE one.kind IS NOT NULL
      RETURN DISTINCT [one.kind, member.key]
    }
    ELSE []
  END AS asked
WHERE ofSponsor <> [] OR asked <> []
UNWIND ofSponsor + CASE WHEN asked = [] THEN [] ELSE COLLECT {
  UNWIND asked AS pair
  WITH pair, [
    one IN checks
    WHERE one.kind = pair[0] AND EXISTS { (one)-[:CHECK_OF]->(:HouseholdMember {key: pair[1]}) }
  ] AS made
  WHERE none(one IN made WHERE coalesce(one.resultOn <= placement.releasedOn, false))
  RETURN [pair[0], 'HOUSEHOLD_MEMBER', pair[1], head(made)]
} END AS found
WITH DISTINCT child, placement, found[0] AS kind, found[1] AS subject, found[2] AS person, found[3] AS backgroundCheck
RETURN
  child,
  placement,
  kind,
  subject,
  person,
  CASE WHEN backgroundCheck IS NULL THEN 'MISSING' ELSE 'PENDING' END AS state,
  backgroundCheck,
  backgroundCheck.requestedOn AS requestedOn,
  CASE WHEN backgroundCheck.resultOn <= $asOf THEN backgroundCheck.resultOn END AS resultOn,
  placement.releasedOn AS releasedOn
