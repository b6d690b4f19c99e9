/** Findings, exports, refused attempts, and the switch to a past instant. */
export const OVERSIGHT: Record<string, string> = {
  "findings.later": "{n} {n, plural, one {thing comes} other {things come}} due later",
  "findings.title": "Findings",
  "findings.lede": "What is missing today, clause by clause, with the way to each record.",
  "findings.severity": "Severity",
  "findings.clause": "Clause",
  "findings.uncounted":
    "There are more findings than could be counted just now: they are listed, but no numbers stand beside them. Load the page again in a minute.",
  "findings.nothing": "Nothing is missing here today.",
  "refusals.title": "Refused attempts",
  "refusals.lede": "Who tried what and was told no. These lines are no part of the log.",
  "refusals.none": "Nothing was refused yet.",
  "refusals.tried": "Tried",
  "refusals.why": "Why not",
  "refusals.nobody": "Nobody signed in",
  "asof.switch": "See another day",
  "asof.day": "What the register said on a day",
  "asof.go": "Show",
}
