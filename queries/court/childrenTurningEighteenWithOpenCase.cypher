// name: childrenTurningEighteenWithOpenCase
// title: Children about to turn 18 with an open case
// question: Which children turn 18 soon and have a court case open? The 18th birthday is after the day asked about, by
//   at most withinDays days; that of a child born on 29 February is 1 March in a common year. A case is open once it
//   has been opened, while its status is pending, whatever an earlier closing day says, since it was then reopened, or
//   while its closing day is after the day asked about. A case without a day of opening does not count.
// parameters:
//   withinDays: Int = 90 (at least 1, at most 36500) (keeps daysUntilBirthday <= it) -- Maximum number of days until
//     the birthday.
//   asOf: Date = today -- Only cases dated up to this day count; days are counted from it.
// columns:
//   child: Child -- The child.
//   courtCase: CourtCase! -- The open case; if several, the one opened first.
//   birthday: Date! of Child.dateOfBirth -- The 18th birthday.
//   daysUntilBirthday: Int! -- Days from the day asked about to the birthday.
// key: child
// order: daysUntilBirthday
// severity: MEDIUM
// source: default
// omits: Children whose birth date is unknown. What turning 18 changes for a child depends on the case: relief for
//   juveniles, and custody, may end on that day.
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
WHERE courtCase.openedOn <= $asOf AND (courtCase.status = 'PENDING' OR courtCase.closedOn > $asOf)
// The smallest list is that of the case opened first; of two on a day, the one whose key comes first.
WITH
  child,
  min([courtCase.openedOn, courtCase.key, courtCase])[2] AS courtCase,
  date({year: child.dateOfBirth.year + 18, month: child.dateOfBirth.month, day: 1})
    + duration({days: child.dateOfBirth.day - 1}) AS birthday
RETURN child, courtCase, birthday, duration.inDays($asOf, birthday).days AS daysUntilBirthday
