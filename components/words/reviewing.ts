/** What a request does beyond its own records: to coverage, to the public list; and what stands beside its decisions. */
export const REVIEWING: Record<string, string> = {
  "touched.title": "Coverage before and after",
  "touched.lede":
    "It touches {n} {n, plural, one {sharing} other {sharings}}. {other, plural, =0 {None is covered on other days than today.} one {One would be covered on other days.} other {{other} would be covered on other days.}}",
  "touched.many": "A request of this many records is not drawn. Open a record to see what is found of it.",
  "touched.change.loses": "Loses covered days",
  "touched.change.both": "Loses and gains covered days",
  "touched.change.gains": "Gains covered days",
  "touched.change.new": "New",
  "touched.change.days": "Its own days change",
  "touched.change.same": "Stays as it is",
  "touched.change.unknown": "Being worked out",
  "touched.now": "As it stands:",
  "touched.then": "If approved:",
  "touched.working": "being worked out.",
  "touched.show": "Days of {title}",
  "touched.side-now": "As it stands",
  "touched.side-then": "If approved",
  "touched.table-now": "Days of {title} as it stands",
  "touched.table-then": "Days of {title} if approved",
  "touched.more": "And {n} more",
  "touched.rest": "And {n} more, which are not drawn.",

  "card.unknown": "Not known yet.",
  "card.not-applicable": "Does not apply.",
  "card.rules": "The stages follow from version {version} of the stage rules.",
  "card.condition-open": "Not confirmed.",
  "card.condition-said": "Said to be met, not confirmed yet.",
  "card.condition-missed": "Missed: not confirmed by its day.",
  "card.condition-gone": "Counts no more: its decision was withdrawn.",

  "conditions.files": "Evidence",
  "conditions.meet-file": "A file that shows it (optional)",
  "conditions.for": "On behalf of {name}, who is away.",
  "conditions.give": "Give it to somebody else",
  "conditions.give-to": "Who meets it instead",
  "conditions.give-why": "Why",
  "conditions.give-go": "Give it to them",
  "conditions.turn.given": "gave a condition to {to}",

  "request.now-under-demand":
    "Recorded: it runs under demand of an authority. That is no approval; another request reviews it afterwards.",
  "standing.under-demand": "Runs under demand",

  "stages.nobody-short": "Who could take it is needed for another stage of the same request.",
  "stage.short":
    "Too few people are left: {stages} each need somebody else, and only {names} may take them. It goes to {admins}, who can give somebody else a role.",
  "stage.short-at-all":
    "Too few people are left: {stages} each need somebody else, and only {names} may take them. Ask whoever runs the machine to give somebody a role.",

  "reminded.by": "Onward",
  "reminded.more": "{names} and {more} more",
  "reminded.due.stage-near": "reminded {who}: {stage} is due on {day}",
  "reminded.due.stage": "reminded {who}: {stage} is due that day",
  "reminded.due.stage-late": "reminded {who}: {stage} was due on {day}",
  "reminded.escalated.stage": "told {who} that {stage} was due on {day} and nobody decided it",
  "reminded.nobody": "told {who} that too few people are left for {stage}",
  "reminded.condition.soon": "reminded {who} of a condition due on {day}",
  "reminded.condition.missed": "told {who} that a condition was missed on {day}",

  "sample.other-seat": "From this seat nothing of the register is read or decided. Take another one to try that.",

  "listed.title": "On the public list of recipients",
  "listed.none": "Nothing changes there.",
  "listed.comes": "Comes onto the list",
  "listed.goes": "Goes off the list",
  "listed.named": "Named otherwise",
  "listed.with": "Named with {what}.",
  "listed.more": "Named in addition: {what}.",
  "listed.less": "Not named any more: {what}.",
  "listed.purpose": "what for: {what}",
  "listed.data": "data: {what}",
  "listed.country": "countries: {what}",
  "listed.mode": "how: {what}",
  "listed.renamed": "{was} is called {is}.",
  "listed.help":
    "What people read of us changes with this. Restricted records and what was found running stand on no public list.",
}
