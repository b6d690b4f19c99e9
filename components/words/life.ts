/** The life of agreements: their terms, the renewal desk, letters, obligations. */
export const LIFE: Record<string, string> = {
  "nav.renewals": "Renewals",

  "renewals.title": "Renewals",
  "renewals.some":
    "{n} {n, plural, one {date} other {dates}} of agreements to decide on; {overdue} of them overdue. Each says how it came about, and leads to the decision.",
  "renewals.none": "No agreement in force has an end, a day for notice or an obligation with a day.",
  "renewals.caption": "Dates of agreements, soonest first",
  "renewals.what": "What",
  "renewals.kind": "Kind of date",
  "renewals.owner": "Who sees to it",
  "renewals.nobody": "Nobody named: procurement",
  "renewals.do": "Decide",
  "renewals.do-for": "Decide about {title}",
  "renewals.done": "Say it was done",
  "renewals.done-for": "Say it was done: {what}, {title}",
  "renewals.done-title": "{what}: {title}",
  "renewals.kind.notice": "Last day to give notice",
  "renewals.kind.renewal": "Renew or let lapse by",
  "renewals.kind.ends": "Last day",
  "renewals.kind.obligation": "Obligation",
  "renewals.over": "It ran out. End it, renew it, or put another in its place.",
  "renewals.of": "{kind}: {what}",
  "renewals.done-again": "Done on {from}, again within {n} {n, plural, one {month} other {months}}: by {due}.",
  "renewals.first-day": "Due on {due}, and not done yet.",
  "renewals.how": "How this date came about",

  "life.term": "Its term",
  "covers.lost":
    "Without this agreement {n} of the {all} {all, plural, one {sharing} other {sharings}} that it names would be uncovered.",
  "covers.none-lost":
    "Without this agreement none of the {all} {all, plural, one {sharing} other {sharings}} that it names would be uncovered.",
  "covers.sharing": "Sharing",
  "covers.days": "Covered by it",
  "covers.clauses": "Clauses that stand on it",
  "covers.without": "Without it",
  "covers.no-day": "On no day",
  "covers.always": "Always",
  "covers.no-clauses": "None",
  "covers.uncovered": "Uncovered from {from}",
  "covers.still": "Covered all the same, or not now",
  "covers.more": "The first {n} are shown.",

  "renewals.load": "Load by month",
  "renewals.load-picture": "What is due in each of the next {n} months",
  "renewals.load-table": "What is due by month",
  "renewals.month": "Month",
  "renewals.all": "All",
  "renewals.load-none": "Nothing is due in the next {n} months.",

  "renewal.over": "Renewal",
  "renewal.rolls": "This term ends on {last}. Unless notice is given by {by}, it renews to {next}.",
  "renewal.missed":
    "The last day to give notice for the term to {last} is over. The next is {by}, for the term to {next}.",
  "renewal.ends-own": "It ends on {last}. Nothing renews it of itself.",
  "renewal.ends-notice": "Notice was given: it ends on {last}.",
  "renewal.ends-bound": "It has renewed as often as it may: it ends on {last}.",
  "renewal.ends-terminated": "It is terminated: its last day is {last}.",
  "renewal.choose-link": "Renew or let lapse",
  "renewal.is-over": "It ran out on {last}.",
  "renewal.open": "It has no end of its own, so there is no term to decide about.",
  "renewal.not-begun": "It begins on {from}.",
  "renewal.arithmetic": "How its days come about",
  "renewal.convention":
    "A term ends on the day before the same date. A date that its month lacks becomes the first of the next month. Months of notice are counted back from the last day; where that date is lacking, to the end of the month.",
  "renewal.without": "Without it",
  "renewal.uncovers": "From {from} on {n} {n, plural, one {sharing} other {sharings}} would be uncovered:",
  "renewal.uncovers-none": "No sharing would be uncovered without it.",
  "renewal.uncovers-many": "It is too much to be worked out at once.",
  "renewal.uncovers-all": "Look at it as a supposition",
  "renewal.under-way": "Requests about it are under way:",
  "renewal.choose": "What becomes of it?",
  "renewal.renew": "Renew it",
  "renewal.renew-help": "One request moves its last day to {to}. Everything else stays as it is.",
  "renewal.renew-title": "Renew {title} to {to}",
  "renewal.lapse": "Let it lapse",
  "renewal.lapse-tacit":
    "Notice is given by a letter. One request then records the day on which it was given: in time, the agreement ends on {last}.",
  "renewal.notice-on": "Notice was given on",
  "renewal.notice-received": "The day on which it arrived: notice counts once it is received. Write it as 2026-12-31.",
  "renewal.notice-sent": "The day on which it was sent: notice counts from then on. Write it as 2026-12-31.",
  "renewal.to-letters": "Write the letter",
  "renewal.lapse-bound":
    "It has renewed as often as it may. One request says that it is not renewed after {last}; no notice is needed.",
  "renewal.lapse-settled": "Nothing is to be done: it ends on {last}.",
  "renewal.renew-bound":
    "It renewed of itself {used} {used, plural, one {time} other {times}}. After the new term it may {left} {left, plural, one {time} other {times}} more: the request says so.",
  "renewal.lapse-express": "One request says that it is not renewed after {last}.",
  "renewal.lapse-never": "One request ends it. Nothing is covered by it after {last}.",
  "renewal.lapse-title": "Let {title} lapse on {last}",
  "renewal.renegotiate": "Renegotiate",
  "renewal.renegotiate-help":
    "One request puts a new agreement in its place, covering the same sharings. Until both sides have signed that one, this one holds.",
  "renewal.renegotiate-title": "New agreement in place of {title}",
  "renewal.anyway": "Begin another all the same",
  "renewal.to-record": "The agreement",

  "life.replaced": "It holds no more: since {from} another stands in its place.",
  "life.step.no-start": "It is not said when it began.",
  "life.step.open": "No end is said.",
  "life.step.open-ended": "It has no end of its own.",
  "life.step.initial": "{n} {n, plural, one {month} other {months}} from {from} end on {last}.",
  "life.step.stated": "The paper says that its first term ends on {last}.",
  "life.step.moved": "It was renewed to {last}.",
  "life.step.differs":
    "It also says {n} {n, plural, one {month} other {months}}, which would end on {last}. The day stands.",
  "life.step.renewed":
    "It has renewed {times} {times, plural, one {time} other {times}} for {n} {n, plural, one {month} other {months}}, now to {last}.",
  "life.step.renews": "It renews for {n} {n, plural, one {month} other {months}} unless notice is given.",
  "life.step.renews-most":
    "It renews for {n} {n, plural, one {month} other {months}} unless notice is given, at most {most} {most, plural, one {time} other {times}}.",
  "life.step.missed": "The day for notice before {last} was {by} and is over: it goes on to {next}.",
  "life.step.notice-months": "Notice {n} {n, plural, one {month} other {months}} before {last}: by {by}.",
  "life.step.notice-days": "Notice {n} {n, plural, one {day} other {days}} before {last}: by {by}.",
  "life.step.notice-none": "No time of notice is said: by {by}, its last day.",
  "life.step.counts-received": "Notice counts once it is received: it has to have arrived by {by}.",
  "life.step.counts-sent": "Notice counts once it is sent: it has to be on its way by {by}.",
  "life.step.way-never": "It does not renew.",
  "life.step.way-express": "It ends then, unless a request renews it.",
  "life.step.ends-notice": "Notice of {on} was in time for the term that ends on {last}.",
  "life.step.ends-bound": "It has renewed as often as it may: it ends on {last}.",
  "life.step.ends-terminated": "It was terminated: its last day is {last}.",
  "life.step.runs-days-entity":
    "Our notice of {on} runs {n} {n, plural, one {day} other {days}}: its last day is {last}.",
  "life.step.runs-days-party":
    "Their notice of {on} runs {n} {n, plural, one {day} other {days}}: its last day is {last}.",
  "life.step.runs-months-entity":
    "Our notice of {on} runs {n} {n, plural, one {month} other {months}}: its last day is {last}.",
  "life.step.runs-months-party":
    "Their notice of {on} runs {n} {n, plural, one {month} other {months}}: its last day is {last}.",
  "life.step.notice-unsaid":
    "Notice was given on {on}, and the agreement does not say how long it runs: it goes on until its termination is recorded.",
  "life.step.over": "It ran out on {last}.",
  "life.step.terminated": "It is terminated from {on}.",

  "conflict.renewal-open":
    "A request about this agreement is under way already: {title}. Open that one, or begin another all the same.",
  "conflict.letter-recorded":
    "This letter is recorded already, with the same days and the same proof. It stands below.",
  "conflict.renewal-settled": "Nothing is to be done to let this agreement lapse: its end is settled already.",
  "invalid.notice-day": "Notice has to be given before the agreement can lapse. Say on which day it was.",
  "invalid.notice-future": "This day is yet to come. Say when notice was given once it was.",
  "conflict.renewal-no-term":
    "This agreement has no end of its own, so there is no term to renew or to let lapse. Change its days first.",

  "told.says.due.paper-ahead": "{clause}: {day}. There is time to decide.",
  "told.says.due.paper-near": "{clause}: {day}. Less than two weeks are left.",
  "told.says.due.paper": "{clause}: {day}. Nothing was decided.",
  "told.says.escalated.paper": "{clause}: {day}. Nothing was decided, and it comes to you.",
  "home.renewals":
    "{n} {n, plural, one {date of an agreement is} other {dates of agreements are}} yours to decide on (within 90 days)",
  "feed.says.obligation": "Obligation: {title}",
  "feed.more.obligation": "A clause of this agreement asks for it by this day.",
  "feed.says.renewal": "Renew or let lapse: {title}",
  "feed.more.renewal": "After this day there is less time than the agreement gives for what follows it.",
}
