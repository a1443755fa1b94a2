// name: postReleaseServicesNotGiven
// title: Post-release services that were ordered and not given in time
// question: For whom were post-release services ordered that did not begin within withinDays days of the order? A row
//   is an order of services that had not begun by then, whether they began later or not at all.
// parameters:
//   withinDays: Int = 30 (at least 1, at most 36500) (keeps daysWaited > it) -- Days after the order within which
//     services are to begin.
//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.
//   asOf: Date = today -- Only orders and beginnings dated up to this day count; days and ages are counted to it.
// columns:
//   child: Child -- The child.
//   postReleaseService: PostReleaseService -- The services.
//   placement: Placement! -- The release after which they were ordered.
//   orderedOn: Date! of PostReleaseService.orderedOn -- Day of the order.
//   startedOn: Date of PostReleaseService.startedOn -- Day on which they began; unknown when they had not by the day
//     asked about.
//   daysWaited: Int! -- Days from the order to the day on which they began, or else to the day asked about.
// key: child, postReleaseService
// order: daysWaited DESC
// severity: MEDIUM
// source: default; under 45 CFR 410.1210, since 2024-07-01, ORR gives post-release services by levels.
// rules:
//   45 CFR 410.1210 (from 2024-07-01) (secondary) -- ORR offers post-release services at three levels, the first of
//     them check-ins by telephone or video; ORR's policy guide, 6.1, reports it.
// omits: Undated orders. The records do not tell services that were refused from those that nobody gave.
// example: { postReleaseServicesNotGiven(first: 20) {
//     totalCount
//     nodes { daysWaited orderedOn startedOn postReleaseService { level } child { id } }
//   } }

// The key is named because the index holds it after the day.
MATCH (postReleaseService:PostReleaseService)
WHERE postReleaseService.orderedOn < $asOf - duration({days: $withinDays}) AND postReleaseService.key IS NOT NULL
  AND coalesce(postReleaseService.orderedOn + duration({days: $withinDays}) < postReleaseService.startedOn, true)
MATCH (postReleaseService)<-[:HAS_SERVICE]-(placement)<-[:HAS_PLACEMENT]-(child)
WHERE $includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false)
WITH child, postReleaseService, min([placement.key, placement])[1] AS placement
WITH
  child,
  postReleaseService,
  placement,
  CASE WHEN postReleaseService.startedOn <= $asOf THEN postReleaseService.startedOn END AS startedOn
RETURN
  child,
  postReleaseService,
  placement,
  postReleaseService.orderedOn AS orderedOn,
  startedOn,
  duration.inDays(postReleaseService.orderedOn, coalesce(startedOn, $asOf)).days AS daysWaited
