import { z } from "zod"
import { deleteScenario, insertScenario, runsOf, scenarioRow, scenariosOf } from "@/db/statements/whatif"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { scenarioTitle, type Scenario } from "@/domain/whatif/scenario"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { newId } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { storedScenario, supposedOf, supposedShape } from "./supposed"
import { reachOf } from "./work-out"

/** Keeps a scenario under a name. Only what is supposed is kept, never what comes of it. */
export const saveScenario = jot({
  name: "whatif.save",
  input: z.strictObject({ title: scenarioTitle, ...supposedShape }),
  run: async (tx, { input, actor, scene }) => {
    const supposed = await supposedOf(tx, input)
    if (!supposed) return refuse("not-found", "not-found")
    const reached = await reachOf(tx, supposed, scopeOf(actor), scene.now)
    if (!reached.ok) return reached
    const id = newId(scene, "scenario")
    const scenario = JSON.stringify(supposed)
    await insertScenario(tx, { id, title: input.title, scenario, byPerson: actor.id, at: scene.now })
    return good({ id })
  },
})

/** Lets a scenario of one's own go. */
export const dropScenario = jot({
  name: "whatif.save",
  input: z.strictObject({ id: idOf("scenario") }),
  run: async (tx, { input, actor }) =>
    (await deleteScenario(tx, input.id, actor.id)) ? good({}) : refuse("not-found", "not-found"),
})

export type Saved = { id: string; title: string; scenario: Scenario; at: Instant; mine: boolean }

/**
 * A kept scenario, for whoever has its address and may know what it is about. What comes of it is worked out anew, within
 * what the one who opens it may read.
 */
export const readScenario = look<{ id: string }, Saved>({
  name: "whatif.read",
  input: z.strictObject({ id: z.string().max(40) }),
  about: ({ id }) => [{ type: "scenario", id }],
  run: async (tx, { input, actor, scope, scene }) => {
    const saved = await savedFor(tx, input.id, scope, scene.now)
    return saved ? good({ ...saved, mine: saved.byPerson === actor.id }) : refuse("not-found", "not-found")
  },
})

/** A kept scenario that this reader may open. */
export async function savedFor(
  tx: Tx,
  id: string,
  scope: Scope,
  now: Instant,
): Promise<(Omit<Saved, "mine"> & { byPerson: string }) | null> {
  const row = await scenarioRow(tx, id)
  const scenario = storedScenario(row?.scenario)
  if (!row || !scenario || !(await reachOf(tx, scenario, scope, now)).ok) return null
  return { id: row.id, title: row.title, scenario, at: row.at, byPerson: row.byPerson }
}

export type Desk = {
  saved: { id: string; title: string; at: Instant }[]
  runs: { id: string; scenario: Scenario; at: Instant; state: string }[]
}

/** What the reader keeps themselves, and what was worked out for them last. */
export const listScenarios = look<Record<string, never>, Desk>({
  name: "whatif.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor }) =>
    good({
      saved: (await scenariosOf(tx, actor.id)).map(({ id, title, at }) => ({ id, title, at })),
      runs: (await runsOf(tx, actor.id)).flatMap(({ id, scenario, at, state }) => {
        const parsed = storedScenario(scenario)
        return parsed ? [{ id, scenario: parsed, at, state }] : []
      }),
    }),
})
