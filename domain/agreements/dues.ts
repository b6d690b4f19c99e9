import { valueOf } from "@/domain/core/answer"
import { addDays, addMonths, later, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import type { Standing as RecordStanding } from "@/domain/records/kinds"
import { endOfPaper, rulesOf } from "./rules-of"
import { standingOn } from "./terms"

/** What the renewal desk shows of a paper, each with a day. */
export const PAPER_DUES = ["notice", "renewal", "ends", "obligation"] as const
export type PaperDueKind = (typeof PAPER_DUES)[number]

/** One day of a paper on which somebody has to have done something, or it is over. */
export type PaperDue = {
  kind: PaperDueKind
  /** The field that answers it, as forms name it. */
  path: string
  rule: string
  /** The last day of the term that it is about; of an obligation, when it was done last. */
  from: Day | null
  length: number | null
  dueOn: Day
  about: string | null
}

/** So long after a paper ran out of itself it still asks what becomes of it. In days. */
const ASKS_ON = 3 * 366

/**
 * What is due of a paper that stands, as it is on the day: the last day for notice of the next term for which there is time,
 * by when to see to what follows a paper that ends of itself, its last day, and what its clauses oblige to. What was ended,
 * terminated or given notice of asks for nothing more once it is over.
 */
export function paperDues(body: Agreement, standing: RecordStanding, today: Day): PaperDue[] {
  if (standing === "ended") return []
  const end = endOfPaper(body, standing)
  return [...ofTerm(body, today, end), ...ofObligations(body, end ?? null)]
}

function ofTerm(body: Agreement, today: Day, end: Day | null | undefined): PaperDue[] {
  if (end === undefined) return []
  const rules = rulesOf(body)
  // What is signed and begins later is due by the days that it will have.
  const now = standingOn(rules, rules.startsOn === null ? today : later(today, rules.startsOn))
  const { unit, n } = rules.notice.entity
  const due = (kind: PaperDueKind, path: string, rule: string, dueOn: Day, from: Day): PaperDue => ({
    ...{ kind, path, rule, dueOn, from, length: kind === "ends" ? null : n, about: null },
  })
  if (now.is === "rolls") {
    const last = now.missed ? addDays(now.next.to ?? now.last, -1) : now.last
    return [due("notice", "noticeGivenOn", `rolls-${unit}`, now.noticeBy, last)]
  }
  if (now.is === "ends") {
    const early = now.noticeBy !== null && now.noticeBy < now.last
    return [
      ...(early && now.noticeBy ? [due("renewal", "renewal", `ends-${unit}`, now.noticeBy, now.last)] : []),
      due("ends", "endsOn", `ends-${now.why}`, now.last, now.last),
    ]
  }
  const settled = rules.terminatedOn !== null || rules.given !== null
  if (now.is === "over" && !settled && addDays(now.last, ASKS_ON) >= today)
    return [due("ends", "endsOn", "ends-over", now.last, now.last)]
  return []
}

/** Obligations stand as long as the paper does; what is done once and was done asks no more. */
function ofObligations(body: Agreement, end: Day | null): PaperDue[] {
  return body.obligations.flatMap((line, i): PaperDue[] => {
    const [first, every, done] = [valueOf(line.firstOn), valueOf(line.everyMonths), valueOf(line.doneOn)]
    const again = done !== null && every !== null ? addMonths(done, every) : null
    const dueOn = done === null || (first !== null && done < first && every === null) ? first : again
    if (dueOn === null || (end !== null && dueOn >= end)) return []
    const counted = again !== null && dueOn === again
    return [
      {
        ...{ kind: "obligation", path: `obligations.${i}.doneOn`, dueOn, about: line.what },
        ...{ rule: counted ? "done-again" : "first-day", from: counted ? done : null, length: counted ? every : null },
      },
    ]
  })
}

/** Before the day by so many days whoever sees to it is told: long before, shortly before, and on the day. */
export const TELLS_BEFORE = [
  { what: "paper-ahead", days: 90 },
  { what: "paper-near", days: 14 },
  { what: "paper", days: 0 },
] as const

/** What is to be told of a due day today: the nearest of those that were reached, once each; null: it is far off. */
export function tellsOf(dueOn: Day, today: Day): (typeof TELLS_BEFORE)[number]["what"] | null {
  const reached = TELLS_BEFORE.filter(({ days }) => addDays(dueOn, -days) <= today)
  return reached[reached.length - 1]?.what ?? null
}
