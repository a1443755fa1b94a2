// name: transfersAfterDeadline
// title: Children held by DHS beyond the deadline
// question: Which children were transferred to HHS later than the law allows, or not at all? A row is a stay in custody
//   whose transfer to HHS came more than maxDays days after the apprehension, or had not come by the day asked about.
//   Where no day of the transfer is on record, that of the admission to a shelter counts; where neither is, a stay that
//   has ended does not count.
// parameters:
//   maxDays: Int = 3 (at least 0, at most 36500) (keeps daysHeld > it) -- Days after the apprehension within which a
//     transfer is in time.
//   asOf: Date = today -- Only what is dated up to this day counts; days are counted to it.
// columns:
//   child: Child -- The child.
//   custodyEpisode: CustodyEpisode -- The stay in custody.
//   apprehendedOn: Date! of CustodyEpisode.apprehendedOn -- Day of the apprehension.
//   transferredOn: Date of CustodyEpisode.transferredOn or CustodyEpisode.admittedOn -- Day of the transfer to HHS;
//     unknown when none is on record by the day asked about.
//   daysHeld: Int! -- Days from the apprehension to the transfer, or else to the day asked about.
// key: child, custodyEpisode
// order: daysHeld DESC
// severity: MEDIUM
// source: 8 USC 1232(b)(3); the records know days, and more than three days are more than 72 hours.
// rules:
//   8 USC 1232(b)(3) (from 2009-03-23) -- An agency transfers an unaccompanied child to HHS within 72 hours of
//     determining that the child is one, except in exceptional circumstances.
// omits: Transfers on the third day after the apprehension, which may be late by hours, and the reasons for a delay.
//   The day on which the child was found to be unaccompanied is not on record; that of the apprehension stands in for
//   it. People who have turned 18 always count, since this is about DHS's work.
// example: { transfersAfterDeadline(first: 20) {
//     totalCount
//     nodes { daysHeld apprehendedOn transferredOn child { id } }
//   } }

// The key is named because the index holds it after the day.
MATCH (custodyEpisode:CustodyEpisode)
WHERE custodyEpisode.apprehendedOn < $asOf - duration({days: $maxDays}) AND custodyEpisode.key IS NOT NULL
MATCH (custodyEpisode)<-[:HAS_EPISODE]-(child)
WITH DISTINCT child, custodyEpisode, CASE
  WHEN custodyEpisode.transferredOn <= $asOf THEN custodyEpisode.transferredOn
  WHEN custodyEpisode.admittedOn <= $asOf THEN custodyEpisode.admittedOn
END AS transferredOn
WHERE coalesce(
    custodyEpisode.apprehendedOn + duration({days: $maxDays}) < transferredOn,
    $asOf < custodyEpisode.dischargedOn,
    true
  )
RETURN
  child,
  custodyEpisode,
  custodyEpisode.apprehendedOn AS apprehendedOn,
  transferredOn,
  duration.inDays(custodyEpisode.apprehendedOn, coalesce(transferredOn, $asOf)).days AS daysHeld
