import type { z } from "zod"
import type { Tx } from "@/db/connect"
import { refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { mayAct, type ActName } from "@/domain/people/permissions"
import { invalid } from "./act"
import { holdWithin, letGo } from "./bound"
import { scopeOf } from "./scope"
import { fromDatabase } from "./refused-by-database"
import type { Actor, Scene } from "./scene"

type JotSpec<I, O> = {
  name: ActName
  input: z.ZodType<I>
  run: (tx: Tx, on: { input: I; actor: Actor; scene: Scene }) => Promise<Outcome<O>>
}

export type Jot<O> = { (scene: Scene, input: unknown): Promise<Outcome<O>>; actName: ActName }

/** A change of private tables only (drafts, views, sessions, imports on their way, throttles): no event, no version. */
export function jot<I, O>(spec: JotSpec<I, O>): Jot<O> {
  const call = async (scene: Scene, raw: unknown): Promise<Outcome<O>> => {
    const actor = scene.actor
    if (!actor) return refuse("not-allowed", "not-allowed.sign-in")
    const may = mayAct(spec.name, actor)
    if (!may.ok) return may
    const parsed = spec.input.safeParse(raw)
    if (!parsed.success) return invalid(parsed.error)
    try {
      return await scene.db.transaction(async (tx) => {
        const beyond = scopeOf(actor).bounds ? await holdWithin(tx, actor, spec.name, parsed.data) : null
        if (beyond) throw new Refused(beyond)
        if (scopeOf(actor).bounds) await letGo(tx)
        const outcome = await spec.run(tx, { input: parsed.data, actor, scene })
        if (!outcome.ok) throw new Refused(outcome)
        return outcome
      })
    } catch (problem) {
      if (problem instanceof Refused) return problem.refusal
      const refused = fromDatabase(problem)
      if (refused === "again") return refuse("conflict", "conflict.busy")
      if (refused) return refused
      throw problem
    }
  }
  return Object.assign(call, { actName: spec.name })
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.says)
  }
}
