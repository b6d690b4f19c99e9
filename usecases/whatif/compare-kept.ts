import { z } from "zod"
import { amongLines, countReached, linesAgainst, runsOf, type RunRow } from "@/db/statements/whatif"
import type { Tx } from "@/db/connect"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Affected, Summary } from "@/domain/whatif/result"
import { recordOf, scenarioShape, type Scenario } from "@/domain/whatif/scenario"
import { look } from "@/usecases/look"
import type { Instant } from "@/domain/core/instant"
import type { Scope } from "@/usecases/scope"
import { SIZE } from "./read-what-if"
import { storedScenario } from "./supposed"
import { AT_ONCE, reachOf, within, workOut } from "./work-out"

/** Where a sharing stands uncovered: in the first scenario alone, in the second alone, or in both. */
export const PARTS = ["a", "b", "both"] as const
export type Part = (typeof PARTS)[number]

/** One scenario of the two: what came of it, or how far the run is that works it out. */
export type Side = {
  summary: Summary | null
  /** The run that it is read from, or that is still at it; null: answered at once, or nobody has begun one. */
  run: Pick<RunRow, "id" | "state" | "done" | "total"> | null
}

export type Compared = { a: Side; b: Side; part: Part; lines: Affected[]; next: number | null; ready: boolean }

const input = z.strictObject({
  a: scenarioShape,
  b: scenarioShape,
  part: z.enum(PARTS).default("both"),
  after: z.int().min(0).default(0),
})
type Input = z.output<typeof input>

type Known = Side & { uncovered: Affected[] | null }

/**
 * Two scenarios held against each other, a page at a time. What touches many sharings is read from the newest run that
 * worked the same scenario out for this person; without one it says so, and nothing is compared yet.
 */
export const compareScenarios = look<Input, Compared>({
  name: "whatif.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ a, b }) => [a, b].map((one) => ({ type: "scenario", id: recordOf(one) ?? one.kind })),
  run: async (tx, { input: { a, b, part, after }, scope, scene }) => {
    const one = await sideOf(tx, a, scope, scene.now)
    if (!one.ok) return one
    const other = await sideOf(tx, b, scope, scene.now)
    if (!other.ok) return other
    const both = { a: side(one.value), b: side(other.value), part }
    if (!one.value.summary || !other.value.summary) return good({ ...both, lines: [], next: null, ready: false })
    const [of, against] = part === "b" ? [other.value, one.value] : [one.value, other.value]
    return good({ ...both, ...(await pageOf(tx, of, against, part === "both", after)), ready: true })
  },
})

const side = ({ summary, run }: Known): Side => ({ summary, run })

async function sideOf(tx: Tx, scenario: Scenario, scope: Scope, now: Instant): Promise<Outcome<Known>> {
  const reached = await reachOf(tx, scenario, scope, now)
  if (!reached.ok) return reached
  const { reach } = reached.value
  if ((await countReached(tx, reach, within(scope))) <= AT_ONCE) {
    const worked = await workOut(tx, { scenario, reach, scope, now })
    if (!worked) return refuse("conflict", "conflict.busy")
    const uncovered = worked.lines.filter((line) => line.change === "uncovered")
    return good({ summary: worked.summary, run: null, uncovered })
  }
  const same = (await runsOf(tx, scope.personId)).filter(
    (run) => JSON.stringify(storedScenario(run.scenario)) === JSON.stringify(scenario),
  )
  const run = same.find((one) => one.state === "done") ?? same.find((one) => one.state !== "failed") ?? null
  const summary = run?.state === "done" && run.summary ? (JSON.parse(run.summary) as Summary) : null
  return good({ summary, run, uncovered: null })
}

async function pageOf(
  tx: Tx,
  of: Known,
  against: Known,
  both: boolean,
  after: number,
): Promise<Pick<Compared, "lines" | "next">> {
  const other = against.uncovered
    ? { ids: against.uncovered.map((line) => line.id as string) }
    : { runId: against.run?.id ?? "" }
  if (of.uncovered) {
    const ids = of.uncovered.map((line) => line.id as string)
    const there = new Set("ids" in other ? other.ids : await amongLines(tx, other.runId, ids))
    const wanted = of.uncovered.filter((line) => there.has(line.id) === both)
    const next = after + SIZE < wanted.length ? after + SIZE : null
    return { lines: wanted.slice(after, after + SIZE), next }
  }
  const found = await linesAgainst(tx, of.run?.id ?? "", other, { both, after, limit: SIZE + 1 })
  const shown = found.slice(0, SIZE)
  return {
    lines: shown.map((line) => JSON.parse(line.body) as Affected),
    next: found.length > SIZE ? (shown[shown.length - 1]?.place ?? null) : null,
  }
}
