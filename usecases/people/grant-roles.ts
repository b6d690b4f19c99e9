import { z } from "zod"
import { grants, heldRoles, holdersOf, insertGrant, lastGrant, personById, type GrantRow } from "@/db/statements/people"
import { good, refuse } from "@/domain/core/outcome"
import { confirmGrant, giveGrant } from "@/domain/people/grants"
import { ROLES, type Role } from "@/domain/people/roles"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { newId } from "@/usecases/scene"

type Give = { personId: string; role: Role; entityId: string | null }

/** Gives a role, in one entity or in all. It stands at once, unconfirmed, or waits for a second administrator. */
export const giveRole = act<
  Give,
  { held: Role[]; waiting: GrantRow[]; administrators: string[] },
  { grantId: string; state: string }
>({
  name: "grant.give",
  input: z.strictObject({
    personId: idOf("person"),
    role: z.enum(ROLES),
    entityId: idOf("entity").nullable().default(null),
  }) as unknown as z.ZodType<Give>,
  load: async (tx, input, scene) => {
    const person = await personById(tx, input.personId, true)
    if (!person || person.state === "disabled") return null
    const mine = (await grants(tx, input.personId)).filter((grant) => grant.state !== "revoked")
    return {
      held: [
        ...(await heldRoles(tx, input.personId, scene.now)).map((item) => item.role),
        ...mine.map((item) => item.role),
      ],
      waiting: mine,
      administrators: await holdersOf(tx, "administrator"),
    }
  },
  may: (actor, loaded, input) => {
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
    return done({
      value: { grantId, state: state.value },
      events: [
        {
          act: "grant.give",
          objects: [
            { type: "person", id: input.personId },
            { type: "grant", id: grantId, version: 1 },
          ],
          after: { role: input.role, entity: input.entityId, state: state.value },
        },
      ],
      write: (tx, place) =>
        insertGrant(tx, {
          grantId,
          n: 1,
          ...input,
          state: state.value,
          untilAt: null,
          at: place.at,
          byPerson: by,
          logIndex: place.indexOf(0),
        }),
    })
  },
})

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
