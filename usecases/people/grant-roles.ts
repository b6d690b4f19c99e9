import { z } from "zod"
import { grants, heldRoles, holdersOf, insertGrant, lastGrant, personById, type GrantRow } from "@/db/statements/people"
import { zonesOf } from "@/db/statements/zones"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { BOUND_KINDS, endOfGrant, isBounded, saysBound, type GrantBound } from "@/domain/people/bounds"
import { confirmGrant, giveGrant } from "@/domain/people/grants"
import { ROLES, type Role } from "@/domain/people/roles"
import { dayShape, idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { newId } from "@/usecases/scene"

type Give = GrantBound & {
  personId: string
  role: Role
  entityId: string | null
  /** The last day of a supervisor's account, in the company's zone; null: it ends by nothing of itself. */
  lastDay: Day | null
}
type Loaded = { held: Role[]; waiting: GrantRow[]; administrators: string[]; zone: string }

/** Gives a role, in one entity or in all. It stands at once, unconfirmed, or waits for a second administrator. */
export const giveRole = act<Give, Loaded, { grantId: string; state: string }>({
  name: "grant.give",
  input: z.strictObject({
    personId: idOf("person"),
    role: z.enum(ROLES),
    entityId: idOf("entity").nullable().default(null),
    kinds: z.array(z.enum(BOUND_KINDS)).max(BOUND_KINDS.length).nullable().default(null),
    firstOn: dayShape.nullable().default(null),
    lastOn: dayShape.nullable().default(null),
    lastDay: dayShape.nullable().default(null),
  }) as unknown as z.ZodType<Give>,
  load: async (tx, input, scene) => {
    const person = await personById(tx, input.personId, true)
    if (!person || person.state === "disabled") return null
    // What has ended of itself stands in nobody's way.
    const mine = (await grants(tx, input.personId)).filter(
      (grant) => grant.state !== "revoked" && (grant.untilAt === null || grant.untilAt > scene.now),
    )
    return {
      held: [
        ...(await heldRoles(tx, input.personId, scene.now)).map((item) => item.role),
        ...mine.map((item) => item.role),
      ],
      waiting: mine,
      administrators: await holdersOf(tx, "administrator"),
      zone: (await zonesOf(tx, input.entityId ? [input.entityId] : [])).get(input.entityId ?? "") ?? "UTC",
    }
  },
  may: (actor, loaded, input, scene) => {
    const wrong = wrongInGrant(input, loaded.zone, scene.now)
    if (wrong) return refuse("invalid", "invalid.form", { fields: [wrong] })
    // Who works at the machine itself may; whoever gives roles in the portal says when a supervisor's ends.
    if (
      input.role === "supervisor" &&
      input.lastDay === null &&
      actor.kind !== "operator" &&
      input.personId !== actor.id
    )
      return refuse("invalid", "invalid.form", { fields: [{ path: "lastDay", says: "invalid.visit-end" }] })
    if (readsBeside(input, loaded.waiting)) return refuse("conflict", "conflict.bound-beside")
    if (loaded.waiting.some((grant) => grant.role === input.role && grant.entityId === input.entityId))
      return refuse("conflict", "conflict.already-granted")
    return giveGrant(
      { byPerson: actor.kind === "operator" ? null : actor.id, toPerson: input.personId, role: input.role },
      loaded.held,
      loaded.administrators,
    )
  },
  run: async (_tx, { input, loaded, actor, scene }) => {
    const by = actor.kind === "operator" ? null : actor.id
    const state = giveGrant(
      { byPerson: by, toPerson: input.personId, role: input.role },
      loaded.held,
      loaded.administrators,
    )
    if (!state.ok) return state
    const grantId = newId(scene, "grant")
    const { personId, role, entityId, kinds, firstOn, lastOn } = input
    const untilAt = input.lastDay && endOfGrant(loaded.zone, input.lastDay)
    return done({
      value: { grantId, state: state.value },
      events: [
        {
          act: "grant.give",
          objects: [
            { type: "person", id: input.personId },
            { type: "grant", id: grantId, version: 1 },
          ],
          after: {
            ...{ role, entity: entityId, state: state.value },
            ...(untilAt ? { until: untilAt } : {}),
            ...(isBounded(input) ? { bound: { kinds, firstOn, lastOn } } : {}),
          },
        },
      ],
      write: (tx, place) =>
        insertGrant(tx, {
          grantId,
          n: 1,
          ...{ personId, role, entityId, kinds, firstOn, lastOn },
          state: state.value,
          untilAt,
          at: place.at,
          byPerson: by,
          logIndex: place.indexOf(0),
        }),
    })
  },
})

/** What cannot be as it was said of a grant's bound or end; null: it can. Only a supervisor's has any. */
export function wrongInGrant(
  input: Pick<Give, "role" | "lastDay" | keyof GrantBound>,
  zone: string,
  now: Instant,
): { path: string; says: string } | null {
  if (input.role !== "supervisor" && (isBounded(input) || input.lastDay !== null))
    return { path: "role", says: "invalid.bound-role" }
  const wrong = saysBound(input)
  if (wrong === "kinds") return { path: "kinds", says: "invalid.bound-kinds" }
  if (wrong === "period") return { path: "lastOn", says: "invalid.bound-period" }
  if (input.lastDay !== null && endOfGrant(zone, input.lastDay) <= now)
    return { path: "lastDay", says: "invalid.bound-over" }
  return null
}

/** Whoever is bound in one role and reads freely in another would be bound to nothing: the two do not stand beside each other. */
export function readsBeside(input: Pick<Give, "role" | keyof GrantBound>, standing: readonly GrantRow[]): boolean {
  const reads = (role: Role): boolean => role !== "administrator" && role !== "supervisor"
  return isBounded(input)
    ? standing.some((grant) => reads(grant.role))
    : reads(input.role) && standing.some((grant) => isBounded(grant))
}

const which = z.strictObject({ grantId: idOf("grant") }) as unknown as z.ZodType<{ grantId: string }>

/** The grant as it stands; its person is locked first, as every act on a person does it. */
async function lockGrant(tx: Parameters<typeof lastGrant>[0], grantId: string): Promise<GrantRow | null> {
  const found = await lastGrant(tx, grantId)
  const person = found ? await personById(tx, found.personId, true) : null
  return person ? lastGrant(tx, grantId) : null
}

/** Another administrator confirms a grant of a deciding role. */
export const confirmRole = act<{ grantId: string }, GrantRow, { state: string }>({
  name: "grant.confirm",
  input: which,
  load: (tx, input) => lockGrant(tx, input.grantId),
  may: (actor, grant) => confirmGrant(actor.id, grant),
  run: async (_tx, { loaded: grant, actor }) => next(grant, "confirmed", actor.id),
})

/** Takes a role back. One may lay down one's own; the last administrator may not. */
export const revokeRole = act<{ grantId: string }, GrantRow & { administrators: string[] }, { state: string }>({
  name: "grant.revoke",
  input: which,
  load: async (tx, input) => {
    const grant = await lockGrant(tx, input.grantId)
    return grant ? { ...grant, administrators: await holdersOf(tx, "administrator") } : null
  },
  may: (_actor, grant) => {
    if (grant.state === "revoked") return refuse("conflict", "conflict.already-revoked")
    const last =
      grant.role === "administrator" && grant.administrators.length === 1 && grant.administrators[0] === grant.personId
    return last ? refuse("not-allowed", "not-allowed.last-administrator") : good({})
  },
  run: async (_tx, { loaded: grant, actor }) => next(grant, "revoked", actor.kind === "operator" ? null : actor.id),
})

function next(grant: GrantRow, state: string, by: string | null) {
  return done({
    value: { state },
    events: [
      {
        act: state === "confirmed" ? "grant.confirm" : "grant.revoke",
        objects: [
          { type: "person", id: grant.personId },
          { type: "grant", id: grant.grantId, version: grant.n + 1 },
        ],
        before: { state: grant.state },
        after: { role: grant.role, entity: grant.entityId, state },
      },
    ],
    write: (tx, place) =>
      insertGrant(tx, { ...grant, n: grant.n + 1, state, at: place.at, byPerson: by, logIndex: place.indexOf(0) }),
  })
}
