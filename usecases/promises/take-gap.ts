import { z } from "zod"
import { heldRoles, personById } from "@/db/statements/people"
import { insertTake, lastTake, stillFound, type Take } from "@/db/statements/takes"
import { lockRecords } from "@/db/statements/versions"
import { dayIn, type Day } from "@/domain/core/day"
import { good, refuse } from "@/domain/core/outcome"
import { isDecider, readableEntities } from "@/domain/people/permissions"
import { dayShape, idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { loadEntities, loadRecords, type StoredRecord } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

type Input = { recordId: string; clause: string; ownerId: string | null; dueOn: Day | null }
type Loaded = { record: StoredRecord; last: Take | null; today: Day; found: boolean; ownerReads: boolean }

/**
 * Somebody sees to what is not evidenced, by a day; or lays it down again. That ends nothing: the finding goes when an
 * approved request mends the record. For others only who decides may take it.
 */
export const takeGap = act<Input, Loaded, { ownerId: string | null }>({
  name: "gap.take",
  input: z
    .strictObject({
      recordId: z.string().max(40),
      clause: z.string().min(1).max(60),
      ownerId: idOf("person").nullable().default(null),
      dueOn: dayShape.nullable().default(null),
    })
    .refine((input) => (input.ownerId === null) === (input.dueOn === null), {
      path: ["dueOn"],
      message: "invalid.take-day",
    }) as unknown as z.ZodType<Input>,
  load: async (tx, input, scene) => {
    if (!scene.actor) return null
    await lockRecords(tx, [input.recordId])
    const [record] = await loadRecords(tx, [input.recordId], null)
    if (!record || !readable(record, scopeOf(scene.actor))) return null
    const entityId = "entityId" in record.body ? record.body.entityId : null
    const zone = entityId ? (await loadEntities(tx, [entityId], null)).get(entityId)?.zone : undefined
    const today = dayIn(zone ?? "UTC", scene.now)
    return {
      record,
      today,
      last: await lastTake(tx, input.recordId, input.clause),
      found: await stillFound(tx, input.recordId, input.clause, today),
      ownerReads: input.ownerId === null || (await reads(tx, input.ownerId, record, scene.now)),
    }
  },
  may: (actor, loaded, input) => {
    if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
    const own = (input.ownerId ?? loaded.last?.ownerId ?? actor.id) === actor.id
    if (!own && !isDecider(actor)) return refuse("not-allowed", "not-allowed.take-for-others")
    if (input.ownerId === null) return loaded.last?.ownerId ? good({}) : refuse("conflict", "conflict.not-taken")
    if (!loaded.found) return refuse("conflict", "conflict.nothing-to-take")
    if (!loaded.ownerReads)
      return refuse("invalid", "invalid.form", { fields: [{ path: "ownerId", says: "invalid.take-owner" }] })
    if (input.dueOn !== null && input.dueOn < loaded.today)
      return refuse("invalid", "invalid.form", { fields: [{ path: "dueOn", says: "invalid.take-past" }] })
    return good({})
  },
  run: async (_tx, { input, loaded, actor, scene }) => {
    const id = newId(scene, "take")
    return done({
      value: { ownerId: input.ownerId },
      events: [
        {
          act: "gap.take",
          objects: [{ type: loaded.record.kind, id: input.recordId, version: loaded.record.version }],
          ...(loaded.last ? { before: { owner: loaded.last.ownerId, dueOn: loaded.last.dueOn } } : {}),
          after: { clause: input.clause, owner: input.ownerId, dueOn: input.dueOn },
        },
      ],
      tell:
        input.ownerId && input.dueOn
          ? [{ kind: "given", to: [input.ownerId], recordId: input.recordId, clause: input.clause, dueOn: input.dueOn }]
          : [],
      write: (tx, place) =>
        insertTake(tx, { id, ...input, byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) }),
    })
  },
})

/** Whether the person may know of the record: nobody is given what they cannot see. */
async function reads(
  tx: Parameters<typeof personById>[0],
  personId: string,
  record: StoredRecord,
  now: Parameters<typeof heldRoles>[2],
): Promise<boolean> {
  const person = await personById(tx, personId)
  if (person?.state !== "active") return false
  const held = await heldRoles(tx, personId, now)
  const entities = readableEntities({ held })
  if (entities !== null && entities.length === 0) return false
  return readable(record, { personId, entities, partiesByEntity: false, legalAdvice: false, bounds: null })
}
