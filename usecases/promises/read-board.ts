import { z } from "zod"
import { judgedSince, standingSince } from "@/db/statements/promises"
import { anyToJudge } from "@/db/statements/judgements"
import { addDays, addMonths, day, dayIn, endOfDay, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { boardOf, sumOf, type BoardLine, type BoardSum } from "@/domain/promises/board"
import { packsInForce } from "@/domain/packs/in-force"
import { dayShape } from "@/domain/records/parts"
import { asOfInput } from "@/usecases/register/as-of"
import { look, readingInstant } from "@/usecases/look"
import { ownVersions, packsNow } from "@/usecases/packs/known"
import { clauseCounts, companiesOf, countable, keptOf } from "./counts"

const input = z.strictObject({
  entityId: z.string().max(40).nullable().default(null),
  asOf: asOfInput,
  on: dayShape.nullable().default(null),
  /** How many month ends to look back on. */
  months: z.int().min(0).max(24).default(12),
})
type Input = z.output<typeof input>

export type Line = BoardLine & { since: Day | null; sinceAlways: boolean; taken: number }
export type MonthEnd = { on: Day; sums: Record<string, BoardSum> }

export type Board = {
  lines: Line[]
  sums: Record<string, BoardSum>
  /** Sums by pack at each month's end, as they were known then; oldest first. */
  trend: MonthEnd[]
  companies: { id: string; name: string }[]
  entityId: string | null
  today: Day
  /** Records still wait to be judged anew. */
  waiting: boolean
  /** Before this instant nothing was judged. */
  since: Instant | null
}

/** The promises and duties clause by clause: how each stands, by how many records, since when, and who sees to it. */
export const readBoard = look<Input, Board>({
  name: "findings.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const companies = await companiesOf(tx, scope)
    if (asked.entityId !== null && !companies.has(asked.entityId as never)) return refuse("not-found", "not-found")
    const at = await readingInstant(tx, asked.asOf)
    const on = { entityId: asked.entityId, asOf: at, on: asked.on, now: scene.now }
    const counts = await clauseCounts(tx, scope, companies, on)
    const zone = asked.entityId ? companies.get(asked.entityId as never)?.zone : undefined
    const today = asked.on ?? dayIn(zone ?? "UTC", at ?? scene.now)
    const own = await ownVersions(tx, at)
    const lines = boardOf(counts, at ? packsInForce(at, own) : await packsNow(tx, scene.now), today)
    const missing = lines.filter((line) => line.state === "not-evidenced").map((line) => line.clause.id)
    // Since when, and by whom, is asked of what stands now; a past view says the numbers alone.
    const standing = at === null ? await standingSince(tx, missing, today, countable(scope)) : []
    const of = new Map(standing.map((one) => [one.clause, one]))
    return good<Board>({
      lines: lines.map((line) => {
        const found = of.get(line.clause.id)
        return {
          ...line,
          since: found?.since ?? null,
          sinceAlways: found?.open === true && found.since === null,
          taken: found?.taken ?? 0,
        }
      }),
      sums: byPack(lines),
      trend: await trendOf(asked.months, today, async (end) => {
        const then = endOfDay(zone ?? "UTC", end)
        const past = await clauseCounts(tx, scope, companies, { ...on, asOf: then, on: end, kept: keptOf(scene.db) })
        return byPack(boardOf(past, packsInForce(then, own), end))
      }),
      companies: [...companies].map(([id, entity]) => ({ id, name: entity.legalName })),
      entityId: asked.entityId,
      today,
      waiting: await anyToJudge(tx),
      since: await judgedSince(tx),
    })
  },
})

/** The last days of the months before the day, oldest first. */
export function monthEnds(before: Day, n: number): Day[] {
  const first = day(`${before.slice(0, 8)}01`)
  return Array.from({ length: n }, (_none, i) => addDays(addMonths(first, i - n + 1), -1))
}

async function trendOf(
  months: number,
  today: Day,
  sumsAt: (end: Day) => Promise<Record<string, BoardSum>>,
): Promise<MonthEnd[]> {
  const out: MonthEnd[] = []
  for (const on of monthEnds(today, months)) out.push({ on, sums: await sumsAt(on) })
  return out
}

/** The sums of each pack by its name. */
export function byPack(lines: readonly BoardLine[]): Record<string, BoardSum> {
  const packs = [...new Set(lines.map((line) => line.pack))]
  return Object.fromEntries(packs.map((pack) => [pack, sumOf(lines.filter((line) => line.pack === pack))]))
}
