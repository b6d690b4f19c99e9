import { z } from "zod"
import {
  failures, forgetFailures, heldRoles, insertSession, insertToken, noteFailure, peekLink, personByEmail, personOfSession, personOfToken, revokeSessions, revokeTokens, tokensOf, type PersonRow,
} from "@/db/statements/people"
import { plusMillis, toMillis, type Instant } from "@/domain/core/instant"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { callerOf, throttleWait } from "@/domain/people/passwords"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { fits, hashSecret, makeSecret } from "./secrets"

const MINUTE = 60 * 1000
const IDLE = 30 * MINUTE
const ABSOLUTE = 12 * 60 * MINUTE

type SignIn = { email: string; password: string; address: string; agent: string }

/**
 * Signs in with address and password. The words and the work are the same for an unknown account, a wrong password and
 * a shut account. Tries are limited by account and by caller; the wait is said.
 */
export async function signIn(scene: Scene, raw: unknown): Promise<Outcome<{ secret: string; personId: string }>> {
  const parsed = z.strictObject({ email: z.string().max(254), password: z.string().max(1000), address: z.string().max(100), agent: z.string().max(500) }).safeParse(raw)
  if (!parsed.success) return refuse("invalid", "invalid.sign-in")
  const { email, password, address } = parsed.data
  const keys = [`account:${email.trim().toLowerCase()}`, `caller:${callerOf(address)}`]
  const wait = await waiting(scene, keys)
  if (wait > 0) return refuse("not-allowed", "not-allowed.wait", { params: { seconds: Math.ceil(wait / 1000) } })
  const person = await personByEmail(scene.db, email.trim())
  const good_ = (await fits(person?.state === "active" ? person.passwordHash : null, password)) && person !== null
  if (!good_) {
    await noteFailure(scene.db, keys, scene.now)
    return refuse("invalid", "invalid.sign-in")
  }
  await forgetFailures(scene.db, keys)
  return beginSession(scene, { person, agent: parsed.data.agent })
}

async function waiting(scene: Scene, keys: string[]): Promise<number> {
  const known = await failures(scene.db, keys)
  const waits = known.map((item) => toMillis(item.lastAt) + throttleWait(item.key.startsWith("caller:") ? Math.floor(item.failures / 4) : item.failures) - toMillis(scene.now))
  return Math.max(0, ...waits)
}

const beginSession = act<{ person: PersonRow; agent: string }, object, { secret: string; personId: string }>({
  name: "session.begin",
  input: z.custom<{ person: PersonRow; agent: string }>(),
  load: async () => ({}),
  may: () => good({}),
  run: async (_tx, { input, scene }) => {
    const { secret, hash } = makeSecret("")
    return done({
      value: { secret, personId: input.person.id },
      events: [{ act: "session.begin", objects: [{ type: "person", id: input.person.id }] }],
      write: (tx) => insertSession(tx, { hash, personId: input.person.id, at: scene.now, expiresAt: plusMillis(scene.now, ABSOLUTE), agent: input.agent }),
    })
  },
})

/** Who a session belongs to, with the roles in effect now; null when it ended, idled out, or its person was shut out. */
export async function actorOfSession(db: Scene["db"], secret: string, now: Instant): Promise<Actor | null> {
  const hash = hashSecret(secret)
  const person = await personOfSession(db, hash, now, plusMillis(now, -IDLE))
  if (!person) return null
  return { kind: "person", id: person.id as Id<"person">, name: person.name, held: await heldRoles(db, person.id, now), via: "page", session: hash }
}

/** Who a token belongs to, with that person's rights as they are now and never more. */
export async function actorOfToken(db: Scene["db"], token: string, now: Instant): Promise<Actor | null> {
  const person = await personOfToken(db, hashSecret(token), now)
  if (!person) return null
  return { kind: "person", id: person.id as Id<"person">, name: person.name, held: await heldRoles(db, person.id, now), via: "token", session: null }
}

/** Signs out: this session, or every one of the person. */
export const endSession = act<{ everywhere: boolean }, object, object>({
  name: "session.end",
  input: z.strictObject({ everywhere: z.boolean().default(false) }) as unknown as z.ZodType<{ everywhere: boolean }>,
  load: async () => ({}),
  may: () => good({}),
  run: async (_tx, { input, actor }) =>
    done({
      value: {},
      events: [{ act: "session.end", objects: [{ type: "person", id: actor.id }], after: { everywhere: input.everywhere } }],
      write: (tx, place) => revokeSessions(tx, input.everywhere || !actor.session ? { personId: actor.id } : { hash: actor.session }, place.at),
    }),
})

/** Makes a personal token, shown once. It carries its person's rights, for at most a year. */
export const makeToken = act<{ label: string; days: number }, object, { id: string; token: string; expiresAt: Instant }>({
  name: "token.make",
  input: z.strictObject({ label: text(100).refine((label) => label.trim() !== "", "invalid.required"), days: z.coerce.number().int().min(1).max(365).default(90) }) as unknown as z.ZodType<{ label: string; days: number }>,
  load: async () => ({}),
  may: (actor) => (actor.kind === "person" ? good({}) : refuse("not-allowed", "not-allowed.needs-person")),
  run: async (_tx, { input, actor, scene }) => {
    const { secret, hash } = makeSecret("owt_")
    const id = newId(scene, "token")
    const expiresAt = plusMillis(scene.now, input.days * 24 * 60 * MINUTE)
    return done({
      value: { id, token: secret, expiresAt },
      events: [{ act: "token.make", objects: [{ type: "token", id }, { type: "person", id: actor.id }], after: { expiresAt } }],
      write: (tx, place) => insertToken(tx, { id, personId: actor.id, hash, label: input.label.trim(), at: place.at, expiresAt }),
    })
  },
})

/** Revokes one of one's own tokens, at once. */
export const revokeToken = act<{ id: string }, object, object>({
  name: "token.revoke",
  input: z.strictObject({ id: idOf("token") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, input, scene) => ((await tokensOf(tx, scene.actor?.id ?? "")).some((token) => token.id === input.id && !token.revokedAt) ? {} : null),
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

/** What a one-time link is for, and for whom; null when it is used up or over. */
export async function whatLink(db: Scene["db"], secret: string, now: Instant): Promise<{ purpose: string; name: string | null; email: string | null } | null> {
  return secret.length > 200 ? null : peekLink(db, hashSecret(secret), now)
}
