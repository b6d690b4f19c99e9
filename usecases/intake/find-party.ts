import { sql } from "drizzle-orm"
import { z } from "zod"
import { flowsTo, type FlowHit } from "@/db/statements/intake-finds"
import { nearParties } from "@/db/statements/near"
import type { Tx } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import { good } from "@/domain/core/outcome"
import { NEAR } from "@/domain/imports/similar"
import { hostIn } from "@/domain/intake/site"
import { look } from "@/usecases/look"
import { inScope, listInput, listPageOf } from "@/usecases/register/list-records"
import type { Scene } from "@/usecases/scene"
import { unrestricted, type Scope } from "@/usecases/scope"

export type PartyHit = {
  id: string
  title: string
  country: string | null
  decision: string
  /** Found by something of its own, or only by a name that is near. */
  how: "found" | "near"
  flows: FlowHit[]
}

const SHOWN = 8

/**
 * Parties that words may mean: by name in any spelling with one slip forgiven, by the address of a site, a registration
 * number or an LEI; and those whose name is near, so that nobody begins the same party twice.
 */
export const findParty = look<{ q: string }, PartyHit[]>({
  name: "request.draft",
  input: z.strictObject({ q: z.string().max(300) }),
  run: async (tx, { input, scope, scene }) => good(await partiesMeant(tx, input.q, scope, scene)),
})

/** The same inside a look that is open already. */
export async function partiesMeant(tx: Tx, words: string, scope: Scope, scene: Scene): Promise<PartyHit[]> {
  const q = (hostIn(words) ?? words).trim().slice(0, 200)
  if (fold(q).length < 2) return []
  const page = await listPageOf(tx, listInput.parse({ list: "parties", q, size: 25, count: false }), scope, scene)
  const found = page.rows
    .filter((row) => row.standing !== "ended")
    .slice(0, SHOWN)
    .map((row) => ({ id: String(row.id), title: String(row.title), how: "found" as const, row }))
  const near = (await nearParties(tx, [fold(words).slice(0, 200)], NEAR))
    .filter((one) => !found.some((hit) => hit.id === one.id))
    .map(({ id, title }) => ({ id, title, how: "near" as const, row: {} as Record<string, unknown> }))
  const hits = [...found, ...near].slice(0, SHOWN)
  const flows = await flowsOf(
    tx,
    hits.map((hit) => hit.id),
    scope,
  )
  return hits.map(({ id, title, how, row }) => ({
    ...{ id, title, how },
    country: typeof row.country === "string" ? row.country : null,
    decision: typeof row.dataDecision === "string" ? row.dataDecision : "",
    flows: flows.filter((flow) => flow.partyId === id),
  }))
}

/** What these parties get already, as far as the reader may know; `only` narrows the flows `r` further. */
export async function flowsOf(tx: Tx, partyIds: readonly string[], scope: Scope, only = sql`true`): Promise<FlowHit[]> {
  return flowsTo(tx, partyIds, {
    scope: sql`${inScope("sharings", scope, null)} and ${only}`,
    party: unrestricted(scope, sql`p.restricted_to`),
    limit: 40,
  })
}
