import { z } from "zod"
import { judgedSince, standingSince } from "@/db/statements/promises"
import { dayIn, endOfDay, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { lawFactsOf, type LawFacts } from "@/domain/checks/law"
import type { Clause, Pack } from "@/domain/checks/types"
import { PACKS } from "@/domain/packs/all"
import { clausesOn, countsOn, daysOfClause, narrowness } from "@/domain/packs/in-force"
import { NONE, stateOf, type ClauseState } from "@/domain/promises/board"
import type { Counts } from "@/domain/promises/verdicts"
import { dayShape } from "@/domain/records/parts"
import { asOfInput } from "@/usecases/register/as-of"
import { look, readingInstant } from "@/usecases/look"
import { packsAt, packsNow } from "@/usecases/packs/known"
import { clauseCounts, companiesOf, countable, keptOf } from "./counts"
import { monthEnds } from "./read-board"

const input = z.strictObject({
  clause: z.string().min(1).max(60),
  asOf: asOfInput,
  on: dayShape.nullable().default(null),
  months: z.int().min(0).max(24).default(12),
})
type Input = z.output<typeof input>

export type ClausePage = {
  pack: Pick<Pack, "pack" | "version" | "publishedAt">
  clause: Clause
  state: ClauseState
  counts: Counts
  since: Day | null
  sinceAlways: boolean
  taken: number
  trend: { on: Day; counts: Counts }[]
  today: Day
  began: Instant | null
}

/** One clause: what it asks, how the register stands by it on the day, and how it stood at each month's end. */
export const readClause = look<Input, ClausePage>({
  name: "findings.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const at = await readingInstant(tx, asked.asOf)
    const today = asked.on ?? dayIn("UTC", at ?? scene.now)
    const found = textOf(at ? await packsAt(tx, at) : await packsNow(tx, scene.now), asked.clause, today)
    if (!found) return refuse("not-found", "not-found")
    const { pack } = found
    const { from, to } = daysOfClause(pack, found.clause)
    const clause: Clause = { ...found.clause, effectiveFrom: from, effectiveTo: to }
    const companies = await companiesOf(tx, scope)
    const on = { entityId: null, asOf: at, on: asked.on, now: scene.now }
    const counts = (await clauseCounts(tx, scope, companies, on)).get(clause.id) ?? NONE
    const [standing] = at === null ? await standingSince(tx, [clause.id], today, countable(scope)) : []
    const trend: ClausePage["trend"] = []
    for (const end of monthEnds(today, asked.months)) {
      const then = { ...on, asOf: endOfDay("UTC", end), on: end, kept: keptOf(scene.db) }
      trend.push({ on: end, counts: (await clauseCounts(tx, scope, companies, then)).get(clause.id) ?? NONE })
    }
    return good<ClausePage>({
      pack: { pack: pack.pack, version: pack.version, publishedAt: pack.publishedAt },
      clause,
      state: stateOf(clause, counts),
      counts,
      since: standing?.since ?? null,
      sinceAlways: standing?.open === true && standing.since === null,
      taken: standing?.taken ?? 0,
      trend,
      today,
      began: await judgedSince(tx),
    })
  },
})

/** The clause as it counts on the day; else in the last text that has it: it comes, or it was retired. */
function textOf(packs: readonly Pack[], id: string, on: Day): { pack: Pack; clause: Clause } | undefined {
  const counting = clausesOn(packs, on).find(({ clause }) => clause.id === id)
  const any = packs.flatMap((pack) => pack.clauses.flatMap((clause) => (clause.id === id ? [{ pack, clause }] : [])))
  return counting ?? any[any.length - 1]
}

type PackPage = {
  pack: Pack
  /** `own`: the record of ours that it is a version of. */
  versions: { version: string; publishedAt: string; own: string | null; from: Day | null }[]
  /** The dated facts of law of all its versions together. */
  facts: LawFacts
}

/** A pack as a lawyer reads it: its versions, and every clause of the widest text that counts today. */
export const readPack = look<{ pack: string }, PackPage>({
  name: "clauses.read",
  input: z.strictObject({ pack: z.string().min(1).max(60) }) as unknown as z.ZodType<{ pack: string }>,
  run: async (tx, { input: asked, scene }) => {
    const all = (await packsNow(tx, scene.now)).filter((known) => known.pack === asked.pack)
    const today = dayIn("UTC", scene.now)
    const [pack] = all.filter((one) => countsOn(one, today)).sort((a, b) => narrowness(a.scope) - narrowness(b.scope))
    if (!pack) return refuse("not-found", "not-found")
    const known = [...PACKS.filter((one) => one.pack === asked.pack && one.publishedAt <= scene.now), ...all]
    const versions = new Map(
      known.map(({ version, publishedAt, own, effectiveFrom }) => [
        version,
        { version, publishedAt, own: own ?? null, from: effectiveFrom ?? null },
      ]),
    )
    return good({ pack, versions: [...versions.values()], facts: lawFactsOf(all) })
  },
})
