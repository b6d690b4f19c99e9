import { z } from "zod"
import { keepingNow } from "@/db/statements/answer-keeping"
import { earlierNow } from "@/db/statements/clock"
import { erasureRows, holdErasures } from "@/db/statements/erasures"
import { holdRows, insertHold, insertHoldEnd, nextHold, waitingOn, type HoldRow } from "@/db/statements/holds"
import { disclosed, insertDisclosures, versionsInForce } from "@/db/statements/versions"
import { monthsKept } from "@/domain/asked/keeping"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { look } from "@/usecases/look"
import { newId, type Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownValues } from "./erase"

const reason = text(2000).refine((value) => value.trim().length > 0, "invalid.reason")

type Place = { entityIds: string[] | null; instant: Instant | null; reason: string }

/** Legal or DPO of these companies freezes an instant: what stood then is erased by nobody while the hold stands. */
export const placeHold = act<Place, { no: number; known: boolean }, { id: string; no: number }>({
  name: "hold.place",
  input: z.strictObject({
    entityIds: z
      .array(idOf("entity"))
      .max(500)
      .transform((list) => (list.length ? [...new Set(list)].sort() : null))
      .nullable()
      .default(null),
    instant: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .refine((said) => said === null || parseInstant(said) !== null, "invalid.instant")
      .transform((said) => (said === null ? null : parseInstant(said))),
    reason,
  }) as unknown as z.ZodType<Place>,
  load: async (tx, { entityIds }) => {
    await holdErasures(tx)
    const found = await versionsInForce(tx, entityIds ?? [], null)
    return { no: await nextHold(tx), known: found.length === (entityIds ?? []).length }
  },
  may: (actor, { known }, { entityIds, instant }, scene) => {
    if (!known) return refuse("invalid", "invalid.form", { fields: [{ path: "entityIds", says: "invalid.value" }] })
    if (instant !== null && instant > scene.now)
      return refuse("invalid", "invalid.form", { fields: [{ path: "instant", says: "invalid.hold-future" }] })
    return holdsFor(actor, entityIds) ? good({}) : refuse("not-allowed", "not-allowed.hold-companies")
  },
  run: async (tx, { input, loaded: { no }, actor, scene }) => {
    const id = newId(scene, "hold")
    const why = commitText(input.reason.trim(), id)
    const instant = input.instant ?? (await earlierNow(tx, scene.now))
    return done({
      value: { id, no },
      events: [
        {
          act: "hold.place",
          objects: [{ type: "hold", id }],
          after: { no, entities: input.entityIds, instant },
          reason: { $c: why.commitment },
        },
      ],
      write: async (tx, place) => {
        await insertDisclosures(tx, [why])
        await insertHold(tx, {
          ...{ id, no, entityIds: input.entityIds, instant, reason: why.commitment, byPerson: actor.id },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

/** A second person, legal or DPO of the same companies, ends a hold with a reason. */
export const endHold = act<{ id: string; reason: string }, HoldRow, object>({
  name: "hold.end",
  input: z.strictObject({ id: idOf("hold"), reason }) as unknown as z.ZodType<{ id: string; reason: string }>,
  load: async (tx, { id }, scene) => {
    await holdErasures(tx)
    const [hold] = scene.actor ? await holdRows(tx, { entities: scopeOf(scene.actor).entities, id }) : []
    return hold ?? null
  },
  may: (actor, hold) => {
    if (hold.endedAt) return refuse("conflict", "conflict.hold-ended")
    if (hold.byPerson === actor.id) return refuse("not-allowed", "not-allowed.own-hold")
    return holdsFor(actor, hold.entityIds) ? good({}) : refuse("not-allowed", "not-allowed.hold-companies")
  },
  run: async (_tx, { input, loaded: hold, actor }) => {
    const why = commitText(input.reason.trim(), hold.id)
    return done({
      value: {},
      events: [
        {
          act: "hold.end",
          objects: [{ type: "hold", id: hold.id }],
          after: { no: hold.no },
          reason: { $c: why.commitment },
        },
      ],
      write: async (tx, place) => {
        await insertDisclosures(tx, [why])
        await insertHoldEnd(tx, {
          ...{ holdId: hold.id, reason: why.commitment, byPerson: actor.id },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

export type HoldLine = HoldRow & {
  reasonText: string | null
  endText: string | null
  mayEnd: boolean
  /** What waits for its end; null once it ended. */
  waiting: { erasures: number; links: number } | null
}
export type HoldsPage = { lines: HoldLine[]; next: number | null }

const SIZE = 25

/** The holds over companies that the reader reads, newest first, with what waits for their end. */
export const listHolds = look<{ before: number | null }, HoldsPage>({
  name: "hold.read",
  input: z.strictObject({ before: z.int().positive().nullable().default(null) }) as unknown as z.ZodType<{
    before: number | null
  }>,
  run: async (tx, { input: { before }, scope, actor, scene }) => {
    const found = await holdRows(tx, { entities: scope.entities, before, limit: SIZE + 1 })
    const holds = found.slice(0, SIZE)
    const words = await disclosed(
      tx,
      holds.flatMap((one) => [one.reason, ...(one.endReason ? [one.endReason] : [])]),
    )
    const months = monthsKept(await keepingNow(tx))
    const lines: HoldLine[] = []
    for (const hold of holds) {
      const waits = hold.endedAt ? null : await waitingOn(tx, { id: hold.id, months, now: scene.now })
      let erasures = 0
      for (const id of waits?.erasures ?? []) {
        const [row] = await erasureRows(tx, id)
        // An erasure of what the reader may not know is not counted either.
        if (row && (await knownValues(tx, row.commitments, actor))) erasures += 1
      }
      lines.push({
        ...hold,
        reasonText: words.get(hold.reason) ?? null,
        endText: hold.endReason ? (words.get(hold.endReason) ?? null) : null,
        mayEnd: !hold.endedAt && hold.byPerson !== actor.id && holdsFor(actor, hold.entityIds),
        waiting: waits && { erasures, links: waits.links },
      })
    }
    return good({ lines, next: found.length > SIZE ? (holds[holds.length - 1]?.no ?? null) : null })
  },
})

/** Whether somebody is legal or DPO of each of these companies; null: of every company there is. */
function holdsFor(actor: Actor, entityIds: readonly string[] | null): boolean {
  return (entityIds ?? [null]).every((id) => (["legal", "dpo"] as const).some((role) => holdsRole(actor, role, id)))
}
