// name: releaseSpikes
// title: Spikes of releases to one place
// question: Into which buildings and postal areas were many children released within a few days, compared with what is
//   usual there? A building is all addresses with the same street, city, state and postal code, whatever their units;
//   letter case and surrounding blanks are ignored, and an unknown word equals an empty one. An address without a
//   street is in no building. Releases into a postal area are those to the area itself and those to addresses in it.
//   Each release counts once, on its own day; an undated one does not count. A window begins on the day of a release
//   and lasts up to withinDays days more; of a place's windows the one with the most releases is shown, the earliest if
//   there are several. What is usual is told from the place's other releases: their average number in as many days as
//   the window has up to the day asked about, taken over all days outside the window from the place's first release to
//   that day.
// parameters:
//   minReleases: Int = 6 (at least 2) -- Minimum number of releases within the window.
//   minTimes: Int = 3 (at least 1) -- The number must be at least this many times what is usual there.
//   withinDays: Int = 30 (at least 0, at most 36500) -- Maximum number of days from the first to the last release of
//     the window.
//   asOf: Date = today -- Only releases dated up to this day count.
// columns:
//   kind: String! -- BUILDING or POSTAL_AREA.
//   place: String! of Address.key or PostalArea.key -- Key of the postal area, or the first of the keys of the
//     building's addresses.
//   address: Address -- The building's address with that key.
//   postalArea: PostalArea -- The postal area.
//   releaseCount: Int! -- Releases within the window.
//   sponsorCount: Int! -- Sponsors to whom these releases were.
//   unrelatedCount: Int! -- Of these releases, those to a family friend or an unrelated adult.
//   usualCount: Float! -- What is usual there.
//   firstReleasedOn: Date! of Placement.releasedOn -- Day of the first of these releases.
//   lastReleasedOn: Date! of Placement.releasedOn -- Day of the last of them.
// key: kind, place
// order: releaseCount DESC, lastReleasedOn DESC
// severity: MEDIUM
// source: default
// omits: Places that have many releases all the time. Children released together to one sponsor count as one release
//   each, so a large family can be a row.
// example: { releaseSpikes(minReleases: 8, first: 20) {
//     totalCount
//     nodes { kind releaseCount usualCount firstReleasedOn address { street city } postalArea { postalCode } }
//   } }
// scans:
//   Address -- Buildings are known by the words of their addresses, and releases are counted by degree.
//   PostalArea -- The releases of each are looked at, since what is usual is told from all of them.

CALL () {
  MATCH (address:Address)
  WHERE address.street IS NOT NULL
  WITH [word IN [address.street, address.city, address.state, address.postalCode] | toLower(trim(coalesce(word, '')))]
      AS words,
    address
  WITH words, collect(address) AS addresses, sum(COUNT { (address)<-[:RELEASED_TO]-() }) AS links
  WHERE links >= $minReleases AND words[0] <> ''
  RETURN 'BUILDING' AS kind, reduce(least = addresses[0], one IN addresses |
    CASE WHEN one.key < least.key THEN one ELSE least END) AS address, null AS postalArea, COLLECT {
    UNWIND addresses AS one
    MATCH (one)<-[:RELEASED_TO]-(placement)
    WHERE placement.releasedOn <= $asOf
    WITH DISTINCT placement
    ORDER BY placement.releasedOn
    RETURN placement
  } AS releases
  UNION ALL
  MATCH (postalArea:PostalArea)
  RETURN 'POSTAL_AREA' AS kind, null AS address, postalArea, COLLECT {
    MATCH (postalArea)<-[:RELEASED_IN|IN_AREA]-()<-[:RELEASED_TO]-{0,1}(placement:Placement)
    WHERE placement.releasedOn <= $asOf
    WITH DISTINCT placement
    ORDER BY placement.releasedOn
    RETURN placement
  } AS releases
}
WITH kind, address, postalArea, releases
WHERE size(releases) >= $minReleases
// A window of days moves over the releases in their order and never gets shorter: the first of its three numbers is
// where it begins now, the others are where the longest one began and ended.
WITH kind, address, postalArea, releases, reduce(window = [0, 0, 0], last IN range(0, size(releases) - 1) |
  CASE WHEN releases[last].releasedOn > releases[window[0]].releasedOn + duration({days: $withinDays})
    THEN [window[0] + 1, window[1], window[2]]
    ELSE [window[0], window[0], last]
  END
) AS window
WITH kind, address, postalArea, releases, releases[window[1]..window[2] + 1] AS spike
WITH
  kind,
  address,
  postalArea,
  spike,
  size(releases) - size(spike) AS others,
  duration.inDays(releases[0].releasedOn, $asOf).days + 1 AS allDays,
  duration.inDays(spike[0].releasedOn, $asOf).days + 1 AS daysSince
WITH *, CASE WHEN daysSince <= $withinDays THEN daysSince ELSE $withinDays + 1 END AS days
WHERE size(spike) >= $minReleases AND size(spike) * (allDays - days) >= $minTimes * others * days
RETURN
  kind,
  coalesce(address.key, postalArea.key) AS place,
  address,
  postalArea,
  size(spike) AS releaseCount,
  COUNT {
    UNWIND spike AS placement
    MATCH (placement)-[:WITH_SPONSOR]->(sponsor)
    RETURN DISTINCT sponsor
  } AS sponsorCount,
  size([placement IN spike WHERE placement.relationship IN ['FAMILY_FRIEND', 'UNRELATED']]) AS unrelatedCount,
  CASE WHEN others = 0 THEN 0.0 ELSE toFloat(others * days) / (allDays - days) END AS usualCount,
  spike[0].releasedOn AS firstReleasedOn,
  spike[-1].releasedOn AS lastReleasedOn
