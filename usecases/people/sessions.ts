import { z } from "zod"
import {
  heldRoles,
  insertSession,
  insertToken,
  personByEmail,
  personById,
  personOfSession,
  personOfToken,
  proveSession,
  revokeSessions,
  revokeTokens,
  sessionsOf,
  tokensOf,
  type PersonRow,
  type SessionLine,
} from "@/db/statements/people"
import { countTry, forgiveTry, lockThrottles } from "@/db/statements/throttles"
import { identitiesOf, type IdentityLine } from "@/db/statements/identities"
import { peekLink } from "@/db/statements/links"
import { plusMillis, toMillis, type Instant } from "@/domain/core/instant"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { callerOf, throttleWait } from "@/domain/people/passwords"
import { mayAct, type ActName } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { fromDatabase } from "@/usecases/refused-by-database"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { fits, hashSecret, makeSecret } from "./secrets"

const MINUTE = 60 * 1000
const IDLE = 30 * MINUTE
/** So long a session lasts at most, however it began. */
export const ABSOLUTE = 12 * 60 * MINUTE

const signInShape = z.strictObject({
  email: text(254),
  password: z.string().max(1000),
  address: z.string().max(100),
  agent: text(500),
})

/**
 * Signs in with address and password. The words and the work are the same for an unknown account, a wrong password and
 * a shut account. Tries are limited by account and by caller, counted before the password is looked at; the wait is said.
 */
export async function signIn(scene: Scene, raw: unknown): Promise<Outcome<{ secret: string; personId: string }>> {
  const parsed = signInShape.safeParse(raw)
  if (!parsed.success) return refuse("invalid", "invalid.sign-in")
  const { password, address, agent } = parsed.data
  const email = parsed.data.email.trim().toLowerCase()
  const account = `account:${email}`
  const caller = `caller:${callerOf(address)}`
  const wait = await takeTry(scene, [account, caller])
  if (wait === "busy") return refuse("conflict", "conflict.busy")
  if (wait > 0) return refuse("not-allowed", "not-allowed.wait", { params: { seconds: Math.ceil(wait / 1000) } })
  const person = await personByEmail(scene.db, email)
  const fitting = await fits(person?.state === "active" ? person.passwordHash : null, password)
  if (!fitting || !person) return refuse("invalid", "invalid.sign-in")
  await forgiveTry(scene.db, account, caller)
  return beginSession(
    { ...scene, actor: asPerson(person) },
    { personId: person.id, passwordHash: person.passwordHash, agent },
  )
}

const proofShape = z.strictObject({ password: z.string().max(1000), address: z.string().max(100) })

/** Types one's password again, so that the next five minutes of this session may decide and touch roles. Tries are limited as at sign-in. */
export const proveSelf: { (scene: Scene, raw: unknown): Promise<Outcome<object>>; actName: ActName } = Object.assign(
  async (scene: Scene, raw: unknown): Promise<Outcome<object>> => {
    const { actor } = scene
    if (!actor) return refuse("not-allowed", "not-allowed.sign-in")
    const may = mayAct("session.prove", actor)
    if (!may.ok) return may
    if (actor.kind !== "person" || !actor.session || !actor.provedAt)
      return refuse("not-allowed", "not-allowed.no-password")
    const parsed = proofShape.safeParse(raw)
    if (!parsed.success) return refuse("invalid", "invalid.own-password")
    const person = await personById(scene.db, actor.id)
    if (!person) return refuse("not-found", "not-found")
    if (person.passwordHash === null) return refuse("not-allowed", "not-allowed.proves-by-provider")
    const keys = [
      `account:${(person.email ?? person.id).toLowerCase()}`,
      `caller:${callerOf(parsed.data.address)}`,
    ] as const
    const wait = await takeTry(scene, [...keys])
    if (wait === "busy") return refuse("conflict", "conflict.busy")
    if (wait > 0) return refuse("not-allowed", "not-allowed.wait", { params: { seconds: Math.ceil(wait / 1000) } })
    if (!(await fits(person.state === "active" ? person.passwordHash : null, parsed.data.password)))
      return refuse("invalid", "invalid.own-password")
    await forgiveTry(scene.db, ...keys)
    await proveSession(scene.db, actor.session, actor.id, scene.now)
    return good({})
  },
  { actName: "session.prove" as const },
)

/** Takes one try under each key, or none: the milliseconds still to wait. `busy`: too many tries at this moment to count. */
async function takeTry(scene: Scene, keys: string[]): Promise<number | "busy"> {
  try {
    return await scene.db.transaction(async (tx) => {
      const known = await lockThrottles(tx, keys, scene.now)
      const now = toMillis(scene.now)
      const held = known.filter((item) => throttleWait(item.failures) > 0)
      const wait = Math.max(0, ...held.map((item) => toMillis(item.lastAt) + throttleWait(item.failures) - now))
      if (wait === 0) await countTry(tx, keys, scene.now)
      return wait
    })
  } catch (problem) {
    if (fromDatabase(problem) === "again") return "busy"
    throw problem
  }
}

const asPerson = (person: PersonRow): Actor => ({
  kind: "person",
  id: person.id as Id<"person">,
  name: person.name,
  held: [],
  via: "page",
  session: null,
})

type Begin = { personId: string; passwordHash: string | null; agent: string }

const beginSession = act<Begin, { open: boolean }, { secret: string; personId: string }>({
  name: "session.begin",
  input: z.custom<Begin>(),
  // Looked at again under a lock: the account may have been shut, or its password changed, since it was verified.
  load: async (tx, input) => {
    const person = await personById(tx, input.personId, true)
    return { open: person?.state === "active" && person.passwordHash === input.passwordHash }
  },
  may: (_actor, { open }) => (open ? good({}) : refuse("invalid", "invalid.sign-in")),
  run: async (_tx, { input, scene }) => {
    const { secret, hash } = makeSecret("")
    return done({
      value: { secret, personId: input.personId },
      events: [{ act: "session.begin", objects: [{ type: "person", id: input.personId }] }],
      write: (tx) =>
        insertSession(tx, {
          hash,
          personId: input.personId,
          at: scene.now,
          expiresAt: plusMillis(scene.now, ABSOLUTE),
          agent: input.agent,
        }),
    })
  },
})

/** Who a session belongs to, with the roles in effect now; null when it ended, idled out, or its person was shut out. */
export async function actorOfSession(db: Scene["db"], secret: string, now: Instant): Promise<Actor | null> {
  const hash = hashSecret(secret)
  const person = await personOfSession(db, hash, now, plusMillis(now, -IDLE))
  if (!person) return null
  return {
    kind: "person",
    id: person.id as Id<"person">,
    name: person.name,
    held: await heldRoles(db, person.id, now),
    via: "page",
    session: hash,
    provedAt: person.provedAt,
    ...(person.byProvider ? { byProvider: true } : {}),
    ...(person.reset ? { reset: person.reset } : {}),
  }
}

/** Who a token belongs to, with that person's rights as they are now and never more. */
export async function actorOfToken(db: Scene["db"], token: string, now: Instant): Promise<Actor | null> {
  const person = await personOfToken(db, hashSecret(token), now)
  if (!person) return null
  return {
    kind: "person",
    id: person.id as Id<"person">,
    name: person.name,
    held: await heldRoles(db, person.id, now),
    via: "token",
    session: null,
  }
}

/** Signs out: this session, or every one of the person. A token has no session of its own, so it ends all. */
export const endSession = act<{ everywhere: boolean }, object, object>({
  name: "session.end",
  input: z.strictObject({ everywhere: z.boolean().default(false) }) as unknown as z.ZodType<{ everywhere: boolean }>,
  load: async () => ({}),
  may: () => good({}),
  run: async (_tx, { input, actor }) => {
    const all = input.everywhere || !actor.session
    return done({
      value: {},
      events: [{ act: "session.end", objects: [{ type: "person", id: actor.id }], after: { everywhere: all } }],
      write: (tx, place) =>
        revokeSessions(tx, all || !actor.session ? { personId: actor.id } : { hash: actor.session }, place.at),
    })
  },
})

/** Makes a personal token, shown once. It carries its person's rights, for at most a year. */
export const makeToken = act<
  { label: string; days: number },
  object,
  { id: string; token: string; expiresAt: Instant }
>({
  name: "token.make",
  input: z.strictObject({
    label: text(100).refine((label) => label.trim() !== "", "invalid.required"),
    days: z.coerce.number().int().min(1).max(365).default(90),
  }) as unknown as z.ZodType<{ label: string; days: number }>,
  load: async () => ({}),
  may: (actor) => (actor.kind === "person" ? good({}) : refuse("not-allowed", "not-allowed.needs-person")),
  run: async (_tx, { input, actor, scene }) => {
    const { secret, hash } = makeSecret("owt_")
    const id = newId(scene, "token")
    const expiresAt = plusMillis(scene.now, input.days * 24 * 60 * MINUTE)
    return done({
      value: { id, token: secret, expiresAt },
      events: [
        {
          act: "token.make",
          objects: [
            { type: "token", id },
            { type: "person", id: actor.id },
          ],
          after: { expiresAt },
        },
      ],
      write: (tx, place) =>
        insertToken(tx, { id, personId: actor.id, hash, label: input.label.trim(), at: place.at, expiresAt }),
    })
  },
})

/** Revokes one of one's own tokens, at once. */
export const revokeToken = act<{ id: string }, object, object>({
  name: "token.revoke",
  input: z.strictObject({ id: idOf("token") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, input, scene) =>
    (await tokensOf(tx, scene.actor?.id ?? "")).some((token) => token.id === input.id && !token.revokedAt) ? {} : null,
  may: () => good({}),
  run: async (_tx, { input, actor }) =>
    done({
      value: {},
      events: [{ act: "token.revoke", objects: [{ type: "token", id: input.id }] }],
      write: async (tx, place) => {
        await revokeTokens(tx, { id: input.id, personId: actor.id }, place.at)
      },
    }),
})

/** One's own tokens, without anything that could be used. */
export const listTokens = look<Record<string, never>, Awaited<ReturnType<typeof tokensOf>>>({
  name: "token.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor }) => good(await tokensOf(tx, actor.id)),
})

export type Account = {
  email: string | null
  hasPassword: boolean
  identities: IdentityLine[]
  name: string
  tokens: Awaited<ReturnType<typeof tokensOf>>
  sessions: SessionLine[]
}

/** One's own account: where one is signed in, and one's tokens. */
export const readAccount = look<Record<string, never>, Account>({
  name: "account.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => {
    const person = await personById(tx, actor.id)
    if (!person) return refuse("not-found", "not-found")
    const sessions = await sessionsOf(tx, actor.id, actor.session, scene.now, plusMillis(scene.now, -IDLE))
    return good({
      ...{ email: person.email, hasPassword: person.passwordHash !== null },
      identities: await identitiesOf(tx, actor.id),
      name: person.name,
      tokens: await tokensOf(tx, actor.id),
      sessions,
    })
  },
})

/** What a one-time link is for, and for whom; null when it is used up or over. */
export async function whatLink(
  db: Scene["db"],
  secret: string,
  now: Instant,
): Promise<Awaited<ReturnType<typeof peekLink>>> {
  return secret.length > 200 ? null : peekLink(db, hashSecret(secret), now)
}
