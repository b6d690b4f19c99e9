/** What people are told of. The first seven need the person; the rest is good to know. */
export const TOLD_KINDS = [
  "decide",
  "changes",
  "given",
  "due",
  "escalated",
  "nobody",
  "unanswered",
  "found",
  "decided",
  "answered",
  "commented",
  "mentioned",
  "condition",
  "file",
  "trust",
  "question",
  "log",
] as const
export type ToldKind = (typeof TOLD_KINDS)[number]

/** How one is told by mail. The inbox shows everything in any case. */
export const WAYS = ["at-once", "digest", "off"] as const
export type Way = (typeof WAYS)[number]

/** What comes of itself: at once only what needs the person or is overdue, the rest once a working day. */
export const USUAL_WAY: Readonly<Record<ToldKind, Way>> = {
  decide: "at-once",
  changes: "at-once",
  given: "at-once",
  due: "at-once",
  escalated: "at-once",
  // Told to administrators: a request waits for somebody that there is not.
  nobody: "at-once",
  // A DPO is told of what runs without approval at once.
  found: "at-once",
  decided: "digest",
  answered: "digest",
  unanswered: "at-once",
  commented: "digest",
  // Somebody asks this very person; and what one has to do by a day.
  mentioned: "at-once",
  condition: "at-once",
  // A file that one sent is refused; to administrators: files are damaged, or wait for a scanner that is away.
  file: "at-once",
  // Trusted roots wait to be confirmed, were decided on, or are past their next update.
  trust: "at-once",
  // A supervisor asks: somebody has to answer by a day.
  question: "at-once",
  // A key of the log waits to be confirmed or began to sign; values wait to be erased.
  log: "at-once",
}

/** How this person is told of each kind: what they chose, and what comes of itself where they chose nothing. */
export function waysOf(chosen: unknown): Record<ToldKind, Way> {
  const own = typeof chosen === "object" && chosen !== null ? (chosen as Record<string, unknown>) : {}
  const ways = { ...USUAL_WAY }
  for (const kind of TOLD_KINDS) {
    const way = WAYS.find((one) => Object.hasOwn(own, kind) && one === own[kind])
    if (way) ways[kind] = way
  }
  return ways
}
