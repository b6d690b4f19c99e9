import { z } from "zod"
import { insertRequest, saveProposals, type ProposalRow } from "@/db/statements/requests"
import { listEntityIds } from "@/db/statements/entities"
import { countReached, runLines, runRow } from "@/db/statements/whatif"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { addDays, dayIn, later, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { lawFactsOf } from "@/domain/checks/law"
import type { AnyRecord, RecordOf } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { proposalsFor, WAYS, type Uncovered } from "@/domain/whatif/drafts"
import type { Beside } from "@/domain/whatif/lay-records"
import type { Affected } from "@/domain/whatif/result"
import { scenarioShape, type Scenario } from "@/domain/whatif/scenario"
import { jot } from "@/usecases/jot"
import { packsNow } from "@/usecases/packs/known"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { AT_ONCE, reachOf, within, workOut } from "./work-out"

/** More than these nobody would look through one by one. */
const MOST_SHARINGS = 1_000
const MOST_REQUESTS = 50
/** Whoever is asked has until so long before the day, and a fortnight at least. */
const BEFORE = 30
const AT_LEAST = 14

const input = z.strictObject({
  /** What is supposed; or the run in which it was worked out. */
  scenario: scenarioShape.optional(),
  runId: idOf("run").optional(),
  by: z.enum(["entity", "party"]),
  way: z.enum(WAYS),
  /** What every request is called; the company or the party is added. */
  title: text(200).refine((value) => value.trim().length > 0, "invalid.required"),
})
type Input = z.output<typeof input>

export type Drafted = { requests: { id: string; title: string; sharings: number }[] }

/**
 * Begins one draft for each company or each party whose sharings would stand uncovered: what can be said is proposed,
 * what has to be asked is left *not known yet*. Nothing is submitted; whoever began them looks them through first.
 */
export const draftRequests = jot<Input, Drafted>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    const found = await uncovered(tx, asked, actor, scene)
    if (!found.ok) return found
    const { scenario, subject, lines } = found.value
    if (lines.length === 0) return refuse("conflict", "whatif.nothing-to-draft")
    if (lines.length > MOST_SHARINGS) return refuse("invalid", "whatif.too-many", { params: { n: MOST_SHARINGS } })
    const scope = scopeOf(actor)
    const records = (
      await loadRecords(
        tx,
        lines.map((line) => line.id),
        null,
      )
    ).filter((one) => one.kind === "sharing" && one.standing !== "ended" && readable(one, scope))
    const entities = await loadEntities(tx, await listEntityIds(tx), null)
    const beside: Beside = { entities, law: lawFactsOf(await packsNow(tx, scene.now)) }
    const groups = grouped(records as RecordOf<"sharing">[], lines, asked.by)
    if (groups.length > MOST_REQUESTS)
      return refuse("invalid", "whatif.too-many-requests", { params: { n: MOST_REQUESTS } })
    const requests: Drafted["requests"] = []
    for (const [i, group] of groups.entries()) {
      const company = entities.get(group.list[0]?.record.body.entityId as never)?.legalName ?? ""
      const name = asked.by === "entity" ? company : group.partyName
      const title = `${asked.title.trim()}: ${name}`.slice(0, 300)
      const proposals = proposalsFor(group.list, i === 0 ? subject : null, {
        ...{ scenario, way: asked.way, beside },
        due: dueOn(scenario.on, scene),
      })
      const id = newId(scene, "request")
      const restrictedTo = group.restrictedTo
      await insertRequest(tx, {
        id,
        title,
        fold: fold(title),
        kind: "change",
        by: actor.id,
        at: scene.now,
        restrictedTo,
      })
      await saveProposals(
        tx,
        id,
        scene.now,
        proposals.map((one, n) => rowOf(one, n + 1, scene)),
      )
      requests.push({ id, title, sharings: group.list.length })
    }
    return good({ requests })
  },
})

type Found = { scenario: Scenario; subject: AnyRecord | null; lines: Affected[] }

/** The sharings that would stand uncovered, worked out anew or taken from the person's own run. */
async function uncovered(tx: Tx, asked: Input, actor: Actor, scene: Scene): Promise<Outcome<Found>> {
  const scope = scopeOf(actor)
  const run = asked.runId ? await runRow(tx, asked.runId) : null
  const parsed = run ? scenarioShape.safeParse(JSON.parse(run.scenario)) : null
  const scenario = parsed ? parsed.data : asked.scenario
  if (!scenario || (run && (run.byPerson !== actor.id || run.state !== "done"))) return refuse("not-found", "not-found")
  const reached = await reachOf(tx, scenario, scope, scene.now)
  if (!reached.ok) return reached
  const { reach, subject } = reached.value
  if (run) {
    const rows = await runLines(tx, run.id, { change: "uncovered", after: 0, limit: MOST_SHARINGS + 1 })
    return good({ scenario, subject, lines: rows.map((row) => JSON.parse(row.body) as Affected) })
  }
  if ((await countReached(tx, reach, within(scope))) > AT_ONCE)
    return refuse("invalid", "whatif.too-many", { params: { n: MOST_SHARINGS } })
  const worked = await workOut(tx, { scenario, reach, scope, now: scene.now })
  const lines = worked?.lines.filter((line) => line.change === "uncovered") ?? []
  return good({ scenario, subject, lines })
}

type Drawn = { partyName: string; restrictedTo: string[] | null; list: Uncovered[] }

/** By company or by party; what is restricted to other persons is a request of its own. */
function grouped(records: readonly RecordOf<"sharing">[], lines: readonly Affected[], by: Input["by"]): Drawn[] {
  const line = new Map(lines.map((one) => [one.id, one]))
  const groups = new Map<string, Drawn>()
  for (const record of records) {
    const found = line.get(record.id)
    if (!found?.from) continue
    const restrictedTo = record.body.restrictedTo
    const key = JSON.stringify([by === "entity" ? record.body.entityId : record.body.partyId, restrictedTo])
    const group = groups.get(key) ?? { partyName: found.partyName, restrictedTo, list: [] }
    group.list.push({ record, causes: found.causes, from: found.from, partyName: found.partyName })
    groups.set(key, group)
  }
  return [...groups.values()]
}

function dueOn(on: Day, scene: Scene): Day {
  const today = dayIn("UTC", scene.now)
  return later(addDays(on, -BEFORE), addDays(today, AT_LEAST))
}

function rowOf(one: ReturnType<typeof proposalsFor>[number], position: number, scene: Scene): ProposalRow {
  return {
    recordId: one.record?.id ?? newId(scene, one.kind),
    ...{ kind: one.kind, op: one.op, baseVersion: one.record?.version ?? null, position },
    body: canonical(one.body),
    ...{ discovered: false, importId: null, sheet: null, row: null },
  }
}
