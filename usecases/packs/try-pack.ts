import { z } from "zod"
import { countReached, insertRun } from "@/db/statements/whatif"
import type { Tx } from "@/db/connect"
import type { Pack } from "@/domain/checks/types"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { packOf } from "@/domain/packs/in-force"
import type { Affected, Summary } from "@/domain/whatif/result"
import { scenarioShape, type Scenario } from "@/domain/whatif/scenario"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { invalid } from "@/usecases/act"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { companies } from "@/usecases/whatif/read-what-if"
import { AT_ONCE, reachOf, within, workOut } from "@/usecases/whatif/work-out"
import { proposedInput, proposedPack, type ProposedInput } from "./read-proposed"

/** Up to so many sharings are tried without being asked: a page that is read must come at once. */
const UNASKED = 60
const SHOWN = 200

export type TriedPack = {
  /** How many sharings it can touch, of those that the reader may read. */
  total: number
  /** Null: not worked out here; asked for, or in the background. */
  summary: Summary | null
  /** The first sharings whose findings change. */
  lines: Affected[]
  names: Record<string, string>
  /** Whether asking is enough; else it is worked out by the worker. */
  atOnce: boolean
}

const trying = proposedInput.extend({ asked: z.boolean().default(false) })
type Trying = z.output<typeof trying>

/** What a proposed version would find and no longer find, by the engine that answers every what-if. Writes nothing. */
export const tryPack = look<Trying, TriedPack>({
  name: "whatif.read",
  input: trying as unknown as z.ZodType<Trying>,
  about: (input) => [{ type: "request", id: input.requestId }],
  run: async (tx, { input: { asked, ...input }, actor, scope, scene }) => {
    const scenario = await scenarioOf(tx, input, actor, scene)
    if (!scenario.ok) return scenario
    const reached = await reachOf(tx, scenario.value, scope, scene.now)
    if (!reached.ok) return reached
    const { reach } = reached.value
    const total = await countReached(tx, reach, within(scope))
    const head = { total, names: await companies(tx), atOnce: total <= AT_ONCE }
    if (total > (asked ? AT_ONCE : UNASKED)) return good<TriedPack>({ ...head, summary: null, lines: [] })
    const worked = await workOut(tx, { scenario: scenario.value, reach, scope, now: scene.now })
    return good<TriedPack>({
      ...head,
      summary: worked?.summary ?? null,
      lines: (worked?.lines ?? []).slice(0, SHOWN),
    })
  },
})

async function scenarioOf(tx: Tx, input: ProposedInput, actor: Actor, scene: Scene): Promise<Outcome<Scenario>> {
  const found = await proposedPack(tx, input, actor)
  if (!found) return refuse("not-found", "not-found")
  const pack: Pack = packOf(found.body, scene.now)
  const ends = found.proposal.op === "end" ? { ends: true } : {}
  const scenario = scenarioShape.safeParse({ kind: "pack-next", pack, on: found.body.effectiveFrom, ...ends })
  return scenario.success ? good(scenario.data) : invalid(scenario.error)
}

/** Has a proposed version tried in the background, where it touches very many sharings. */
export const beginPackTry = jot<ProposedInput, { runId: string }>({
  name: "whatif.read",
  input: proposedInput as unknown as z.ZodType<ProposedInput>,
  run: async (tx, { input, actor, scene }) => {
    if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
    const scenario = await scenarioOf(tx, input, actor, scene)
    if (!scenario.ok) return scenario
    const scope = scopeOf(actor)
    const reached = await reachOf(tx, scenario.value, scope, scene.now)
    if (!reached.ok) return reached
    const total = await countReached(tx, reached.value.reach, within(scope))
    const runId = newId(scene, "run")
    await insertRun(tx, {
      ...{ id: runId, scenario: JSON.stringify(scenario.value), byPerson: actor.id, at: scene.now, total },
    })
    return good({ runId })
  },
})
