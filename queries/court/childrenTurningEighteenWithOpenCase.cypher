// name: childrenTurningEighteenWithOpenCase
// title: Children about to turn 18 with an open case
// question: Which children turn 18 soon and have a court case open? The 18th birthday lies after the day asked about,
//   by at most the given number of days; that of a child born on 29 February is 1 March in a common year. A case is
//   open from the day it was opened until the day it was closed, or when it has no day of closing and its status is
//   pending. A case without a day of opening does not count.
// parameters:
//   withinDays: Int = 90 (at least 1) -- Most days until the birthday.
//   asOf: Date = today -- Only cases dated up to this day count; days are counted from it.
// columns:
//   child: Child -- The child.
//   courtCase: CourtCase! -- The open case; of several the one that was opened first.
//   birthday: Date! -- The 18th birthday.
//   daysUntilBirthday: Int! -- Days from the day asked about to the birthday.
// key: child
// order: daysUntilBirthday
// severity: MEDIUM
// source: default
// example: { childrenTurningEighteenWithOpenCase(withinDays: 30, first: 20) {
//     totalCount
//     nodes { birthday child { id aNumber } courtCase { openedOn hearings { nodes { scheduledOn } } } }
//   } }

// The key is named because the index holds it after the date of birth.
MATCH (child:Child)
WHERE child.dateOfBirth > $asOf - duration({years: 18})
  AND child.dateOfBirth <= $asOf + duration({days: $withinDays}) - duration({years: 18})
  AND child.key IS NOT NULL
MATCH (child)-[:RESPONDENT_IN]->(courtCase)
WHERE courtCase.openedOn <= $asOf AND coalesce(courtCase.closedOn > $asOf, courtCase.status = 'PENDING')
// The smallest list is that of the case opened first; of two on a day, the one whose key comes first.
WITH
  child,
  min([courtCase.openedOn, courtCase.key, courtCase])[2] AS courtCase,
  date({year: child.dateOfBirth.year + 18, month: child.dateOfBirth.month, day: 1})
    + duration({days: child.dateOfBirth.day - 1}) AS birthday
RETURN child, courtCase, birthday, duration.inDays($asOf, birthday).days AS daysUntilBirthday
