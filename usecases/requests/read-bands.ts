import { z } from "zod"
import { listEntityIds } from "@/db/statements/entities"
import { reviewSharings, sharingBodies } from "@/db/statements/review"
import type { Tx } from "@/db/connect"
import { lawFactsOf } from "@/domain/checks/law"
import type { BandTip } from "@/domain/checks/wide"
import { dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import { completed } from "@/domain/records/complete"
import type { Entity } from "@/domain/records/evidence"
import { idOf } from "@/domain/records/parts"
import { holdsCommitment, veiled } from "@/domain/records/seal"
import type { Sharing } from "@/domain/records/sharing"
import { bandRowOf, bandsOf, summed, type BandMade, type BandsOn } from "@/usecases/checks/bands"
import { look } from "@/usecases/look"
import { packsNow } from "@/usecases/packs/known"
import { loadEntities } from "@/usecases/register/records"
import { readKnown } from "./known-request"
import { isEditable } from "./read-request"

/** Up to so many sharings are added up whenever the page is read; more when somebody asks. */
export const ADDED_AT_ONCE = 500
const BATCH = 500

export type RequestBands = {
  /** How many sharings of companies under that law it proposes; none: there is nothing to add up. */
  sharings: number
  /** Null: so many that they are added up when asked for. */
  tips: BandTip[] | null
  entities: { id: Id<"entity">; entity: Entity }[]
}

const input = z.strictObject({ id: idOf("request"), asked: z.boolean().default(false) })
type Input = z.output<typeof input>

/**
 * What a request of many records does to the sums of people whose data leaves the mainland: the same figures as on one of
 * few, from every sharing that it proposes. A request that is closed tells none.
 */
export const readBands = look<Input, RequestBands>({
  name: "request.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ id }) => [{ type: "request", id }],
  run: async (tx, { input: { id, asked }, scope, actor, scene }) => {
    const request = await readKnown(tx, id, actor)
    if (!request) return refuse("not-found", "not-found")
    const none: RequestBands = { sharings: 0, tips: [], entities: [] }
    if (!isEditable(request) && request.state !== "in-review") return good(none)
    const packs = await packsNow(tx, scene.now)
    const law = lawFactsOf(packs)
    const entities = await loadEntities(tx, await listEntityIds(tx), null)
    const told = (entityId: string): boolean => scope.entities === null || scope.entities.includes(entityId)
    const companies = summed(entities, law).filter(told)
    const sharings = companies.length ? await reviewSharings(tx, id, companies) : 0
    if (sharings === 0) return good(none)
    const head = { sharings, entities: [...entities].map(([key, entity]) => ({ id: key, entity })) }
    if (sharings > ADDED_AT_ONCE && !asked) return good<RequestBands>({ ...head, tips: null })
    const today = new Map([...entities].map(([key, entity]) => [key as string, dayIn(entity.zone, scene.now)]))
    const on: BandsOn = { entities, today, law, packs, personId: scope.personId }
    const of = { requestId: id, revision: isEditable(request) ? 0 : request.revision }
    const { ids, made } = await madeBy(tx, of, new Set(companies), on)
    return good<RequestBands>({ ...head, tips: (await bandsOf(tx, ids, made, on)).tips })
  },
})

/** What each proposed sharing of the companies adds; bodies are read a batch at a time and let go. */
async function madeBy(
  tx: Tx,
  of: Parameters<typeof sharingBodies>[1],
  companies: ReadonlySet<string>,
  on: BandsOn,
): Promise<{ ids: string[]; made: BandMade[] }> {
  const ids: string[] = []
  const made: BandMade[] = []
  for (let after = { position: -1, recordId: "" }; ;) {
    const rows = await sharingBodies(tx, of, after, BATCH)
    const last = rows[rows.length - 1]
    if (!last) return { ids, made }
    for (const { recordId, body } of rows) {
      const parsed = JSON.parse(body) as Sharing
      if (!companies.has(parsed.entityId)) continue
      ids.push(recordId)
      const plain = completed("sharing", holdsCommitment(body) ? veiled("sharing", parsed) : parsed)
      const row = bandRowOf({ id: recordId as Id<"sharing">, kind: "sharing", body: plain }, on.entities, on.law)
      if (row) made.push(row)
    }
    after = last
  }
}
