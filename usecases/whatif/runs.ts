import { z } from "zod"
import {
  cancelRun as cancel,
  claimRun,
  countReached,
  dropLines,
  endRun,
  insertRun,
  putLines,
  reachedSharings,
  runLines,
  runReached,
  runRow,
  type RunRow,
} from "@/db/statements/whatif"
import { batches, BATCH } from "@/db/batches"
import type { Db } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { CHANGES } from "@/domain/whatif/compare"
import { byOrder, type Affected, type Summary } from "@/domain/whatif/result"
import { scenarioShape, type Scenario } from "@/domain/whatif/scenario"
import { mayAct } from "@/domain/people/permissions"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { clockNow, newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { companies, SIZE, subjectName } from "./read-what-if"
import { storedScenario, supposedOf, supposedShape, type Supposed } from "./supposed"
import { workOutTogether, type Help, type Line } from "./together"
import { AT_ONCE, reachOf, within } from "./work-out"

/** How a scenario is answered: at once, or by a run of its own where it touches more sharings. */
export type Begun = { scenario: Scenario; runId: string | null }

/** Begins a scenario: one that touches many sharings waits for the worker, all others are answered at their address. */
export const beginWhatIf = jot<Supposed, Begun>({
  name: "whatif.read",
  input: z.strictObject(supposedShape) as unknown as z.ZodType<Supposed>,
  run: async (tx, { input: said, actor, scene }) => {
    const scenario = await supposedOf(tx, said)
    if (!scenario) return refuse("not-found", "not-found")
    const scope = scopeOf(actor)
    const reached = await reachOf(tx, scenario, scope, scene.now)
    if (!reached.ok) return reached
    const total = await countReached(tx, reached.value.reach, within(scope))
    if (total <= AT_ONCE && scenario.kind !== "pack-next") return good({ scenario, runId: null })
    if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
    const id = newId(scene, "run")
    await insertRun(tx, { id, scenario: JSON.stringify(scenario), byPerson: actor.id, at: scene.now, total })
    return good({ scenario, runId: id })
  },
})

/** Stops a run of one's own. */
export const cancelRun = jot({
  name: "whatif.read",
  input: z.strictObject({ runId: idOf("run") }),
  run: async (tx, { input, actor }) =>
    (await cancel(tx, input.runId, actor.id)) ? good({}) : refuse("conflict", "whatif.over"),
})

export type RunPage = {
  id: string
  scenario: Scenario
  subject: string
  names: Record<string, string>
  state: RunRow["state"]
  done: number
  total: number
  at: Instant
  summary: Summary | null
  lines: Affected[]
  next: number | null
}

const input = z.strictObject({
  runId: z.string().max(40),
  change: z.enum(CHANGES).nullable().default(null),
  after: z.int().min(0).default(0),
  size: z.int().min(1).max(100_000).default(SIZE),
})
type Input = z.output<typeof input>

/** How far a run has come and what it found: for the person it was worked out for, and nobody else. */
export const readRun = look<Input, RunPage>({
  name: "whatif.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ runId }) => [{ type: "scenario", id: runId }],
  run: async (tx, { input: { runId, change, after, size }, actor, scope, scene }) => {
    const row = await runRow(tx, runId)
    const scenario = storedScenario(row?.scenario)
    if (!row || !scenario || row.byPerson !== actor.id) return refuse("not-found", "not-found")
    const reached = await reachOf(tx, scenario, scope, scene.now)
    if (!reached.ok) return reached
    const found = row.state === "done" ? await runLines(tx, runId, { change, after, limit: size + 1 }) : []
    const lines = found.slice(0, size)
    return good<RunPage>({
      id: runId,
      scenario,
      subject: subjectName(reached.value.subject),
      names: await companies(tx),
      ...{ state: row.state, done: row.done, total: row.total, at: row.at },
      summary: row.summary ? (JSON.parse(row.summary) as Summary) : null,
      lines: lines.map((line) => JSON.parse(line.body) as Affected),
      next: found.length > size ? (lines[lines.length - 1]?.place ?? null) : null,
    })
  },
})

/** The scenario of a run, for whoever has its address: what they get is worked out for themselves. */
export const readRunScenario = look<{ runId: string }, { scenario: Scenario; subject: string }>({
  name: "whatif.read",
  input: z.strictObject({ runId: z.string().max(40) }),
  about: ({ runId }) => [{ type: "scenario", id: runId }],
  run: async (tx, { input, scope, scene }) => {
    const scenario = storedScenario((await runRow(tx, input.runId))?.scenario)
    if (!scenario) return refuse("not-found", "not-found")
    const reached = await reachOf(tx, scenario, scope, scene.now)
    return reached.ok ? good({ scenario, subject: subjectName(reached.value.subject) }) : reached
  },
})

const TELL_EVERY = 400

/**
 * The worker's part: works out every run that waits, each as the person who asked. Gives how many it took. `help`: who
 * takes turns at large ones.
 */
export async function doRuns(scene: Scene, help: Help | null = null): Promise<number> {
  for (let taken = 0; ; taken += 1) {
    const row = await claimRun(scene.db)
    if (!row) return taken
    try {
      await doRun({ ...scene, now: clockNow() }, row, help)
    } catch (broken) {
      // One run that fails must not keep the others waiting; the trace goes to whoever runs the machine.
      process.stderr.write(
        `run ${row.id}: ${broken instanceof Error ? (broken.stack ?? broken.message) : String(broken)}\n`,
      )
      await endRun(scene.db, row.id, "failed", null)
    }
  }
}

async function doRun(scene: Scene, row: RunRow, help: Help | null): Promise<void> {
  if (help && row.total >= help.from) help.ready?.()
  const actor = await askerOf(scene, row)
  const scenario = scenarioShape.parse(JSON.parse(row.scenario))
  const scope = scopeOf(actor)
  let told = 0
  const progress = async (done: number, total: number): Promise<boolean> => {
    if (Date.now() - told < TELL_EVERY && done < total) return true
    told = Date.now()
    return runReached(scene.db, row.id, done, total)
  }
  const found = await scene.db.transaction(
    async (tx) => {
      const may = mayAct("whatif.read", actor)
      const reached = may.ok ? await reachOf(tx, scenario, scope, scene.now) : may
      if (!reached.ok) return reached
      const { reach } = reached.value
      const ids = await reachedSharings(tx, reach, within(scope), null)
      const url = scene.db.$client.options.connectionString ?? ""
      return workOutTogether(tx, { scenario, reach, scope, now: scene.now, ids, url, progress }, help)
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  if (found === null) return
  if ("ok" in found) return endRun(scene.db, row.id, "failed", null)
  await writeLines(scene.db, row.id, found.lines.sort(byOrder))
  await endRun(scene.db, row.id, "done", JSON.stringify(found.summary))
}

const WRITERS = 2

/** Writes what a run found. Nobody sees a line before the run is done, so that several write at once, each what is next. */
async function writeLines(db: Db, runId: string, lines: readonly Line[]): Promise<void> {
  await dropLines(db, runId)
  const parts = batches(lines)
  let next = 0
  const write = (): Promise<void> =>
    db.transaction(async (tx) => {
      for (let at = next++; at < parts.length; at = next++) await putLines(tx, runId, parts[at] ?? [], at * BATCH)
    })
  const ended = await Promise.allSettled(Array.from({ length: Math.min(WRITERS, parts.length) }, write))
  for (const one of ended) if (one.status === "rejected") throw one.reason
}

async function askerOf(scene: Scene, row: RunRow): Promise<Actor> {
  return {
    ...{ kind: "person", id: row.byPerson as Id<"person">, name: "", via: "page", session: null },
    held: await heldRoles(scene.db, row.byPerson, clockNow()),
  }
}
