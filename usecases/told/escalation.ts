import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { escalations, putEscalation, type Escalation } from "@/db/statements/escalations"
import { personById } from "@/db/statements/people"
import { decidersNow } from "@/db/statements/tellings"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"

type Input = { entityId: string; personId: string | null; days: number }

/** Well within what is looked back to: later than that nobody would be told. */
const MOST_DAYS = 45

/** Names who hears of what is overdue in a company, and after how many days; without a person nobody is named. */
export const nameEscalation = act<Input, { before: Escalation | null; reads: boolean }, object>({
  name: "escalation.name",
  input: z.strictObject({
    entityId: idOf("entity"),
    personId: idOf("person").nullable().default(null),
    days: z.coerce
      .number()
      .int()
      .min(1, "invalid.escalation-days")
      .max(MOST_DAYS, "invalid.escalation-days")
      .default(7),
  }) as unknown as z.ZodType<Input>,
  load: async (tx, input, scene) => {
    const found = await rows(tx, sql`select 1 from records where id = ${input.entityId} and kind = 'entity'`)
    if (found.length === 0) return null
    const before = (await escalations(tx)).find((one) => one.entityId === input.entityId) ?? null
    return { before, reads: input.personId === null || (await decides(tx, input.personId, input.entityId, scene.now)) }
  },
  may: (_actor, { reads }) =>
    reads
      ? good({})
      : refuse("invalid", "invalid.form", { fields: [{ path: "personId", says: "invalid.escalation" }] }),
  run: async (_tx, { input: { entityId, personId, days }, loaded: { before } }) =>
    done({
      value: {},
      events: [
        {
          act: "escalation.name",
          objects: [{ type: "entity", id: entityId }, ...(personId ? [{ type: "person", id: personId }] : [])],
          ...(before ? { before: { person: before.personId, days: before.days } } : {}),
          after: personId ? { person: personId, days } : { person: null },
        },
      ],
      write: (tx, place) => putEscalation(tx, entityId, personId ? { personId, days, at: place.at } : null),
    }),
})

/** Nobody is told of what they may not read: who is named decides or advises in that company. */
async function decides(tx: Tx, personId: string, entityId: string, now: Parameters<typeof decidersNow>[1]) {
  if ((await personById(tx, personId))?.state !== "active") return false
  return (await decidersNow(tx, now)).some(
    (one) => one.id === personId && one.held.some((held) => held.entityId === null || held.entityId === entityId),
  )
}

export type Escalations = { named: Escalation[]; people: { id: string; name: string }[] }

/** Who is named in each company, and who may be. */
export const readEscalations = look<Record<string, never>, Escalations>({
  name: "escalation.name",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scene }) => {
    const ids = (await decidersNow(tx, scene.now)).map((one) => one.id)
    const people = await rows<{ id: string; name: string }>(
      tx,
      sql`select id, name from people where id = any(${sql.param(ids as unknown as string)}::text[]) order by name, id limit 500`,
    )
    return good({ named: await escalations(tx), people })
  },
})
