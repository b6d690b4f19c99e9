import { randomBytes } from "node:crypto"
import { z } from "zod"
import { beginSignOn, finishSignOn, type Begun, type Claims, type SignOnSettings } from "@/adapters/sign-on/oidc"
import { listEntityIds } from "@/db/statements/entities"
import {
  deleteIdentity,
  everHeld,
  identitiesOf,
  insertIdentity,
  personOfIdentity,
  revokeSessionsBy,
  sawIdentity,
  signOnRule,
} from "@/db/statements/identities"
import {
  anyPerson,
  insertGrant,
  insertPerson,
  insertSession,
  personByEmail,
  personById,
  noteSid,
  proveSession,
  type PersonRow,
} from "@/db/statements/people"
import { makeId, type Id } from "@/domain/core/id"
import { plusMillis, toMillis } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import {
  addressAtSignOn,
  entering,
  mayLink,
  mayUnlink,
  nameAtSignOn,
  provedAnew,
  requesterAtSignOn,
} from "@/domain/people/sign-on"
import { text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { isStale, newId, type Scene } from "@/usecases/scene"
import { makeSecret } from "./secrets"
import { ABSOLUTE, whatLink } from "./sessions"

/** What somebody goes to the provider for: to enter, to prove who they are, to link what they are there, or to take up an invitation. */
export type SignOnFor = "enter" | "prove" | "link" | "join"

/** What is kept sealed in the browser between the way out and the way back. */
export type UnderWay = Begun & {
  for: SignOnFor
  /** In milliseconds. */
  beganAt: number
  /** The page of ours to come back to. */
  to: string
  /** The session that asked to prove or link, by the hash of its secret. */
  session: string | null
  /** The invitation that they hold, by its secret; null: none. */
  invitation: string | null
}

/** The way to the provider. Who proves or links goes from their own session, and is asked anew who they are. */
export async function wayToProvider(
  scene: Scene,
  settings: SignOnSettings,
  asked: { for: SignOnFor; redirectUri: string; to: string; invitation?: string | null },
): Promise<Outcome<{ url: string; underWay: UnderWay }>> {
  const open = asked.for === "enter" || asked.for === "join"
  const session = open ? null : sessionOf(scene)
  if (!open && session === null) return refuse("not-allowed", "not-allowed.sign-in")
  const invitation = asked.for === "join" ? (asked.invitation ?? "") : null
  if (invitation !== null && !(await isInvitation(scene, invitation))) return refuse("not-found", "invalid.link")
  if (asked.for === "link" && isStale(scene)) return refuse("not-allowed", "not-allowed.prove")
  const begun = await beginSignOn(settings, asked.redirectUri, asked.for !== "enter")
  if (!begun) return refuse("conflict", "conflict.provider-away")
  const { to } = asked
  return good({
    url: begun.url,
    underWay: { ...begun.begun, for: asked.for, beganAt: toMillis(scene.now), to, session, invitation },
  })
}

/** Whether the secret is an invitation's that is still good: a reset sets a password, and nothing else does. */
async function isInvitation(scene: Scene, secret: string): Promise<boolean> {
  const link = await whatLink(scene.db, secret, scene.now)
  return link?.purpose === "invite" && !link.needsSecond
}

const sessionOf = (scene: Scene): string | null =>
  scene.actor?.kind === "person" ? (scene.actor.session?.toString("hex") ?? null) : null

/** What the provider says of who came back, held against what was begun: state, nonce, code, issuer, signature. */
export async function whoCame(settings: SignOnSettings, back: URL, underWay: UnderWay): Promise<Outcome<Claims>> {
  const finished = await finishSignOn(settings, back, underWay)
  if (finished.ok) return good(finished.claims)
  if (finished.why === "away") return refuse("conflict", "conflict.provider-away")
  return refuse(
    "not-allowed",
    finished.why === "denied" ? "not-allowed.provider-refused" : "not-allowed.sign-on-broken",
  )
}

/**
 * Signs on: whoever has this identity enters, whoever has none yet begins an account with it. Who they are follows from issuer
 * and subject alone.
 */
export async function signOn(
  scene: Scene,
  claims: Claims,
  agent: string,
): Promise<Outcome<{ secret: string; personId: string }>> {
  const known = await personOfIdentity(scene.db, claims)
  const personId = (known?.id ?? makeId("person", toMillis(scene.now), randomBytes(10))) as Id<"person">
  const actor = { kind: "person", id: personId, name: "", held: [], via: "page", session: null } as const
  return enter({ ...scene, actor: { ...actor, held: [] } }, { ...claims, personId, agent })
}

type Enter = Claims & { personId: string; agent: string }
type Entering = {
  begun: boolean
  person: PersonRow | null
  addressTaken: boolean
  everHeld: boolean
  grants: (string | null)[]
}

const enter = act<Enter, Entering, { secret: string; personId: string }>({
  name: "identity.enter",
  input: z.custom<Enter>(),
  load: async (tx, input) => {
    const person = await personOfIdentity(tx, input, true)
    const address = addressAtSignOn(input)
    const held = person ? await everHeld(tx, person.id) : false
    return {
      person,
      begun: person !== null || (await anyPerson(tx)),
      addressTaken: address !== null && (await personByEmail(tx, address)) !== null,
      everHeld: held,
      grants: requesterAtSignOn({
        everHeld: held,
        rule: await signOnRule(tx),
        entityIds: await listEntityIds(tx),
      }),
    }
  },
  may: (_actor, { person, addressTaken, begun }, input) =>
    // Linked by somebody else between the look and the lock: then it is another who enters.
    person && person.id !== input.personId
      ? refuse("conflict", "conflict.busy")
      : entering({ begun, linked: person, addressTaken }),
  run: async (_tx, { input, loaded: { person, grants }, scene }) => {
    const { personId, issuer, subject } = input
    const { secret, hash } = makeSecret("")
    const given = grants.map((entityId) => ({ grantId: newId(scene, "grant"), entityId }))
    const object = { type: "person", id: personId }
    const first = person ? [] : [{ act: "identity.begin", objects: [object], after: { issuer } }]
    return done({
      value: { secret, personId },
      events: [
        { act: "session.begin", objects: [object], after: { by: "provider" } },
        ...first,
        ...given.map(({ grantId, entityId }) => ({
          act: "grant.give",
          objects: [object, { type: "grant", id: grantId, version: 1 }],
          after: { role: "requester", entity: entityId, state: "granted", by: "sign-on" },
        })),
      ],
      write: async (tx, place) => {
        if (person) await sawIdentity(tx, input, place.at)
        else {
          const name = nameAtSignOn(input)
          await insertPerson(tx, {
            ...{ id: personId, email: addressAtSignOn(input), name, passwordHash: null, state: "active", at: place.at },
          })
          const saidEmail = input.email?.slice(0, 254) ?? null
          await insertIdentity(tx, { issuer, subject, personId, saidName: name, saidEmail, at: place.at })
        }
        for (const [i, { grantId, entityId }] of given.entries())
          await insertGrant(tx, {
            ...{ grantId, n: 1, personId, role: "requester", entityId, state: "granted", untilAt: null, at: place.at },
            ...{ byPerson: null, logIndex: place.indexOf(1 + first.length + i) },
          })
        await insertSession(tx, {
          ...{ hash, personId, at: scene.now, agent: input.agent, provider: { issuer, sid: input.sid } },
          expiresAt: plusMillis(scene.now, ABSOLUTE),
        })
      },
    })
  },
})

/**
 * Proves anew who one is, by the provider: the same session that asked, the identity of its own account, and the provider asked
 * after it was sent there. The next five minutes may then decide and touch roles.
 */
export async function proveByProvider(scene: Scene, claims: Claims, underWay: UnderWay): Promise<Outcome<object>> {
  const { actor } = scene
  if (actor?.kind !== "person" || !actor.session || sessionOf(scene) !== underWay.session)
    return refuse("not-allowed", "not-allowed.sign-in")
  const may = mayAct("session.prove", actor)
  if (!may.ok) return may
  const owner = await personOfIdentity(scene.db, claims)
  if (owner?.id !== actor.id) return refuse("not-allowed", "not-allowed.other-identity")
  if (!provedAnew(claims.authTime, underWay.beganAt)) return refuse("not-allowed", "not-allowed.not-asked-anew")
  await proveSession(scene.db, actor.session, actor.id, scene.now)
  if (claims.sid !== null) await noteSid(scene.db, actor.session, claims.issuer, claims.sid)
  return good({})
}

/**
 * Whom somebody was found to be at the provider, to be said yes to on a page of ours. What is linked by it is for good, so the
 * provider has to have asked them anew.
 */
export function foundAtProvider(claims: Claims, underWay: UnderWay): Outcome<Linking> {
  if (!provedAnew(claims.authTime, underWay.beganAt)) return refuse("not-allowed", "not-allowed.not-asked-anew")
  const { issuer, subject, name, email } = claims
  return good({ issuer, subject, name: name.slice(0, 200), email: email?.slice(0, 254) ?? null })
}

export type Linking = Pick<Claims, "issuer" | "subject" | "name" | "email">

const linkInput = z.strictObject({
  issuer: z.string().min(1).max(500),
  subject: z.string().min(1).max(255),
  name: text(300),
  email: z.string().max(254).nullable(),
}) as unknown as z.ZodType<Linking>

/** Links an identity to one's own account: what follows a fresh proof here and one at the provider, on a page that says whose it is. */
export const linkIdentity = act<Linking, { owner: string | null; hasOne: boolean }, object>({
  name: "identity.link",
  input: linkInput,
  load: async (tx, input, scene) => {
    const person = await personById(tx, scene.actor?.id ?? "", true)
    if (!person) return null
    const owner = await personOfIdentity(tx, input)
    const has = await identitiesOf(tx, person.id)
    return { owner: owner?.id ?? null, hasOne: has.some((one) => one.issuer === input.issuer) }
  },
  may: (actor, loaded) =>
    actor.session ? mayLink({ ...loaded, personId: actor.id }) : refuse("not-allowed", "not-allowed.needs-person"),
  run: async (_tx, { input, actor }) =>
    done({
      value: {},
      events: [{ act: "identity.link", objects: [{ type: "person", id: actor.id }], after: { issuer: input.issuer } }],
      write: (tx, place) =>
        insertIdentity(tx, {
          ...{ issuer: input.issuer, subject: input.subject, personId: actor.id, saidEmail: input.email },
          saidName: nameAtSignOn({ ...input, emailVerified: false }),
          at: place.at,
        }),
    }),
})

/** Undoes the link of one's own account to a provider; not where it is the only way in. */
export const unlinkIdentity = act<{ issuer: string }, PersonRow, object>({
  name: "identity.unlink",
  input: z.strictObject({ issuer: z.string().min(1).max(500) }),
  load: async (tx, input, scene) => {
    const person = await personById(tx, scene.actor?.id ?? "", true)
    const has = person ? await identitiesOf(tx, person.id) : []
    return has.some((one) => one.issuer === input.issuer) ? person : null
  },
  may: (_actor, person) => mayUnlink(person.passwordHash !== null),
  run: async (_tx, { input, actor }) =>
    done({
      value: {},
      events: [
        { act: "identity.unlink", objects: [{ type: "person", id: actor.id }], before: { issuer: input.issuer } },
      ],
      write: async (tx, place) => {
        // Whoever got in by this provider is in no longer, but for the one who undoes it and has just proved who they are.
        await revokeSessionsBy(tx, { personId: actor.id, issuer: input.issuer, but: actor.session }, place.at)
        await deleteIdentity(tx, actor.id, input.issuer)
      },
    }),
})
