import { z } from "zod"
import { insertLink, spoilLinks, useLink, type UsedLink } from "@/db/statements/links"
import {
  anyPerson,
  holdersOf,
  insertGrant,
  insertPerson,
  personByEmail,
  personById,
  revokeSessions,
  revokeTokens,
  updatePerson,
  type PersonRow,
} from "@/db/statements/people"
import { isId, type Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { passwordRules } from "@/domain/people/passwords"
import { giveGrant } from "@/domain/people/grants"
import { ROLES, type Role } from "@/domain/people/roles"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { newId } from "@/usecases/scene"
import { hashPassword, hashSecret, makeSecret } from "./secrets"

const DAY = 24 * 60 * 60 * 1000
/** An address as people type it. */
export const emailShape = z
  .string()
  .max(254)
  .regex(/^[^\s\p{C}@<>"']+@[^\s\p{C}@<>"']+$/u, "invalid.email")
  .transform((value) => value.trim().toLowerCase())
/** A name; signs that turn the direction of writing would turn the names beside it as well. */
export const nameShape = text(200)
  .refine((value) => value.trim().length > 0, "invalid.required")
  .refine((value) => !/[\u202a-\u202e\u2066-\u2069]/u.test(value), "invalid.direction")
const empty = z.strictObject({}) as unknown as z.ZodType<Record<string, never>>

/** The one-time set-up link while no account exists; null once one does. Making a new one spoils the old. */
export const makeSetupLink = act<Record<string, never>, object, { path: string | null }>({
  name: "log.begin",
  input: empty,
  load: async () => ({}),
  may: () => good({}),
  run: async (tx, { scene }) => {
    const { secret, hash } = makeSecret("")
    const taken = await anyPerson(tx)
    return done({
      value: { path: taken ? null : `/set-up/${secret}` },
      events: [{ act: "link.setup", objects: [], after: { made: !taken } }],
      write: async (writing) => {
        if (taken) return
        await spoilLinks(writing, null, scene.now)
        await insertLink(writing, {
          hash,
          purpose: "setup",
          personId: null,
          at: scene.now,
          expiresAt: plusMillis(scene.now, DAY),
        })
      },
    })
  },
})

type SetUp = { link: string; email: string; name: string; password: string }

/** Makes the first administrator with the set-up link: valid once, and only while no account exists. */
export const setUp = act<SetUp, { free: boolean }, { personId: Id<"person"> }>({
  name: "person.enter",
  input: z.strictObject({
    link: z.string().max(200),
    email: emailShape,
    name: nameShape,
    password: z.string().max(1000),
  }) as unknown as z.ZodType<SetUp>,
  load: async (tx, input, scene) => {
    const used = await useLink(tx, hashSecret(input.link), ["setup"], scene.now)
    // The same lock as an invitation's: the operator may be adding the first person at this moment.
    const administrators = await holdersOf(tx, "administrator")
    return { free: used !== null && administrators.length === 0 && !(await anyPerson(tx)) }
  },
  may: (_actor, { free }) => (free ? good({}) : refuse("not-found", "invalid.link")),
  run: async (_tx, { input, scene }) => {
    const rules = passwordRules(input.password, input)
    if (!rules.ok) return rules
    const passwordHash = await hashPassword(input.password)
    const personId = newId(scene, "person")
    const grantId = newId(scene, "grant")
    return done({
      value: { personId },
      events: [
        { act: "person.first", objects: [{ type: "person", id: personId }] },
        {
          act: "grant.give",
          objects: [
            { type: "person", id: personId },
            { type: "grant", id: grantId, version: 1 },
          ],
          after: { role: "administrator", entity: null, state: "granted" },
        },
      ],
      write: async (tx, place) => {
        await spoilLinks(tx, null, scene.now)
        await insertPerson(tx, {
          id: personId,
          email: input.email,
          name: input.name.trim(),
          passwordHash,
          state: "active",
          at: place.at,
        })
        await insertGrant(tx, {
          grantId,
          n: 1,
          personId,
          role: "administrator",
          entityId: null,
          state: "granted",
          untilAt: null,
          at: place.at,
          byPerson: null,
          logIndex: place.indexOf(1),
        })
      },
    })
  },
})

type Invite = { email: string; name: string; roles: { role: Role; entityId: string | null }[] }

/** Invites a person by a one-time link (seven days), with roles that stand as the rules of granting say. */
export const invitePerson = act<
  Invite,
  { administrators: string[]; taken: boolean },
  { personId: string; path: string }
>({
  name: "person.invite",
  input: z.strictObject({
    email: emailShape,
    name: nameShape,
    roles: z
      .array(z.strictObject({ role: z.enum(ROLES), entityId: idOf("entity").nullable().default(null) }))
      .max(20)
      .default([]),
  }) as unknown as z.ZodType<Invite>,
  load: async (tx, input) => ({
    administrators: await holdersOf(tx, "administrator"),
    taken: (await personByEmail(tx, input.email)) !== null,
  }),
  may: (actor, { taken }, input) => {
    // A supervisor is invited with their bounds, in one act (`openVisit`): no account of theirs stands without them.
    if (actor.kind !== "operator" && input.roles.some(({ role }) => role === "supervisor"))
      return refuse("invalid", "invalid.form", { fields: [{ path: "role", says: "invalid.supervisor-bounds" }] })
    return taken ? refuse("conflict", "conflict.email-taken") : good({})
  },
  run: async (_tx, { input, loaded, actor, scene }) => {
    const personId = newId(scene, "person")
    const by = actor.kind === "operator" ? null : actor.id
    const states: { grantId: string; role: Role; entityId: string | null; state: string }[] = []
    for (const wanted of input.roles) {
      const given = giveGrant(
        { byPerson: by, toPerson: personId, role: wanted.role },
        states.map((item) => item.role),
        loaded.administrators,
      )
      if (!given.ok) return given
      states.push({ grantId: newId(scene, "grant"), ...wanted, state: given.value })
    }
    const { secret, hash } = makeSecret("")
    return done({
      value: { personId, path: `/invitation/${secret}` },
      events: [
        { act: "person.invite", objects: [{ type: "person", id: personId }] },
        ...states.map((item) => ({
          act: "grant.give",
          objects: [
            { type: "person", id: personId },
            { type: "grant", id: item.grantId, version: 1 },
          ],
          after: { role: item.role, entity: item.entityId, state: item.state },
        })),
      ],
      write: async (tx, place) => {
        await insertPerson(tx, {
          id: personId,
          email: input.email,
          name: input.name.trim(),
          passwordHash: null,
          state: "invited",
          at: place.at,
        })
        for (const [i, item] of states.entries()) {
          await insertGrant(tx, {
            ...item,
            n: 1,
            personId,
            untilAt: null,
            at: place.at,
            byPerson: by,
            logIndex: place.indexOf(1 + i),
          })
        }
        await insertLink(tx, {
          hash,
          purpose: "invite",
          personId,
          byPerson: by,
          at: scene.now,
          expiresAt: plusMillis(scene.now, 7 * DAY),
        })
      },
    })
  },
})

type Enter = { link: string; code: string; password: string }
type Entering = { person: PersonRow; link: UsedLink } | "no-link"

/** Whether a link of two comes with the code that the second administrator gave; any other link needs none. */
function isWhole(link: UsedLink, code: string): boolean {
  return !link.needsSecond || (link.codeHash !== null && link.codeHash.equals(hashSecret(code.trim())))
}

/**
 * Sets a password with an invitation or a reset link: valid once. Every older session and token of the person ends; who
 * made a reset and who confirmed it stands in the event, and is told to the person.
 */
export const enterByLink = act<Enter, Entering, { personId: string }>({
  name: "person.enter",
  input: z.strictObject({
    link: z.string().max(200),
    code: z.string().max(200).default(""),
    password: z.string().max(1000),
  }) as unknown as z.ZodType<Enter>,
  load: async (tx, input, scene) => {
    const used = await useLink(tx, hashSecret(input.link), ["invite", "reset"], scene.now)
    const person = used?.personId ? await personById(tx, used.personId, true) : null
    return used && person && person.state !== "disabled" ? { person, link: used } : "no-link"
  },
  may: (_actor, loaded) => (loaded === "no-link" ? refuse("not-found", "invalid.link") : good({})),
  run: async (_tx, { input, loaded }) => {
    if (loaded === "no-link") return refuse("not-found", "invalid.link")
    const { person, link } = loaded
    if (!isWhole(link, input.code))
      return refuse("invalid", "invalid.form", { fields: [{ path: "code", says: "invalid.code" }] })
    const rules = passwordRules(input.password, person)
    if (!rules.ok) return rules
    const passwordHash = await hashPassword(input.password)
    const reset = link.purpose === "reset" ? { by: link.byPerson ?? "operator", confirmedBy: link.confirmedBy } : null
    return done({
      value: { personId: person.id },
      events: [
        {
          act: "person.enter",
          objects: [{ type: "person", id: person.id }],
          before: { state: person.state },
          after: {
            state: "active",
            by: link.purpose,
            ...(reset ? { made: reset.by, confirmed: reset.confirmedBy } : {}),
          },
        },
      ],
      write: async (tx, place) => {
        await updatePerson(tx, person.id, {
          ...{ state: "active", passwordHash },
          ...(reset ? { reset: { at: place.at, ...reset } } : {}),
        })
        await revokeSessions(tx, { personId: person.id }, place.at)
        await revokeTokens(tx, { personId: person.id }, place.at)
        await spoilLinks(tx, person.id, place.at)
      },
    })
  },
})

/** The account that an administrator or the operator means: by id or by address. */
export async function named(tx: Parameters<typeof personById>[0], who: string): Promise<PersonRow | null> {
  return isId("person", who) ? personById(tx, who, true) : personByEmail(tx, who.trim(), true)
}

const whom = z.strictObject({ person: text(254) }) as unknown as z.ZodType<{ person: string }>

/** Shuts an account: sessions and tokens end at once. What the person did stays. */
export const disablePerson = act<{ person: string }, PersonRow & { administrators: string[] }, { personId: string }>({
  name: "person.disable",
  input: whom,
  load: async (tx, input) => {
    const person = await named(tx, input.person)
    // Counted under a lock: two administrators who shut each other out at once leave one.
    return person ? { ...person, administrators: await holdersOf(tx, "administrator") } : null
  },
  may: (actor, person) => {
    if (actor.id === person.id) return refuse("not-allowed", "not-allowed.own-account")
    if (person.state === "disabled") return refuse("conflict", "conflict.already-disabled")
    const last = person.administrators.length === 1 && person.administrators[0] === person.id
    return last ? refuse("not-allowed", "not-allowed.last-administrator") : good({})
  },
  run: async (_tx, { loaded: person }) =>
    done({
      value: { personId: person.id },
      events: [
        {
          act: "person.disable",
          objects: [{ type: "person", id: person.id }],
          before: { state: person.state },
          after: { state: "disabled" },
        },
      ],
      write: async (tx, place) => {
        await updatePerson(tx, person.id, { state: "disabled" })
        await revokeSessions(tx, { personId: person.id }, place.at)
        await revokeTokens(tx, { personId: person.id }, place.at)
        await spoilLinks(tx, person.id, place.at)
      },
    }),
})
