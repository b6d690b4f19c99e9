import { z } from "zod"
import { insertLink } from "@/db/statements/links"
import {
  grants,
  holdersOf,
  insertGrant,
  insertPerson,
  personByEmail,
  personById,
  type GrantRow,
  type PersonRow,
} from "@/db/statements/people"
import { zonesOf } from "@/db/statements/zones"
import type { Day } from "@/domain/core/day"
import { plusMillis } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { BOUND_KINDS, endOfGrant, isBounded, type GrantBound } from "@/domain/people/bounds"
import { giveGrant } from "@/domain/people/grants"
import { dayShape, idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { emailShape, nameShape } from "@/usecases/people/accounts"
import { readsBeside, wrongInGrant } from "@/usecases/people/grant-roles"
import { makeSecret } from "@/usecases/people/secrets"
import { newId } from "@/usecases/scene"

const DAY = 24 * 60 * 60 * 1000

type Visit = GrantBound & {
  /** Somebody who has an account; null: they are invited by name and address. */
  personId: string | null
  name: string | null
  email: string | null
  /** The companies, each a grant of its own; null: all of them. */
  entityIds: string[] | null
  lastDay: Day
}
type Loaded = {
  person: PersonRow | null
  taken: boolean
  standing: GrantRow[]
  administrators: string[]
  zones: Map<string, string>
}

/**
 * Opens a supervisor's visit in one act: the account, or an invitation to one, with companies, kinds, period and end of all that may
 * be read. There is no moment at which the account stands without its bounds, and none at which one company's stand without another's.
 */
export const openVisit = act<Visit, Loaded, { personId: string; grantIds: string[]; path: string | null }>({
  name: "visit.open",
  input: z.strictObject({
    personId: idOf("person").nullable().default(null),
    name: nameShape.nullable().default(null),
    email: emailShape.nullable().default(null),
    entityIds: z.array(idOf("entity")).min(1, "invalid.visit-companies").max(100).nullable(),
    kinds: z.array(z.enum(BOUND_KINDS)).max(BOUND_KINDS.length).nullable(),
    firstOn: dayShape.nullable().default(null),
    lastOn: dayShape.nullable().default(null),
    lastDay: dayShape,
  }) as unknown as z.ZodType<Visit>,
  load: async (tx, input, scene) => {
    const person = input.personId ? await personById(tx, input.personId, true) : null
    if (input.personId && (!person || person.state === "disabled")) return null
    const administrators = await holdersOf(tx, "administrator")
    const standing = person
      ? (await grants(tx, person.id)).filter(
          (grant) => grant.state !== "revoked" && (grant.untilAt === null || grant.untilAt > scene.now),
        )
      : []
    const taken = input.personId === null && (await personByEmail(tx, input.email ?? "")) !== null
    return { person, taken, standing, administrators, zones: await zonesOf(tx, input.entityIds ?? []) }
  },
  may: (_actor, loaded, input, scene) => {
    const wrong = wrongIn(input, loaded, scene.now)
    if (wrong) return refuse("invalid", "invalid.form", { fields: [wrong] })
    if (loaded.taken) return refuse("conflict", "conflict.email-taken")
    if (readsBeside({ ...input, role: "supervisor" }, loaded.standing))
      return refuse("conflict", "conflict.bound-beside")
    const companies: (string | null)[] = input.entityIds ?? [null]
    return loaded.standing.some((grant) => grant.role === "supervisor" && companies.includes(grant.entityId))
      ? refuse("conflict", "conflict.already-granted")
      : good({})
  },
  run: async (_tx, { input, loaded, actor, scene }) => {
    const by = actor.kind === "operator" ? null : actor.id
    const personId = loaded.person?.id ?? newId(scene, "person")
    const held = loaded.standing.map((grant) => grant.role)
    const given = giveGrant({ byPerson: by, toPerson: personId, role: "supervisor" }, held, loaded.administrators)
    if (!given.ok) return given
    const { kinds, firstOn, lastOn } = input
    const visits = [...new Set<string | null>(input.entityIds ?? [null])].map((entityId) => ({
      grantId: newId(scene, "grant"),
      entityId,
      untilAt: endOfGrant(loaded.zones.get(entityId ?? "") ?? "UTC", input.lastDay),
    }))
    const link = loaded.person ? null : makeSecret("")
    const person = { type: "person", id: personId }
    const gives = visits.map(({ grantId, entityId, untilAt }) => ({
      act: "grant.give",
      objects: [person, { type: "grant", id: grantId, version: 1 }],
      after: {
        ...{ role: "supervisor", entity: entityId, state: given.value, until: untilAt },
        ...(isBounded(input) ? { bound: { kinds, firstOn, lastOn } } : {}),
      },
    }))
    const invited = link ? [{ act: "person.invite", objects: [person] }] : []
    const [first, ...rest] = [...invited, ...gives]
    if (!first) throw new Error("A visit is to at least one company.")
    return done({
      value: {
        personId,
        grantIds: visits.map((one) => one.grantId),
        path: link ? `/invitation/${link.secret}` : null,
      },
      events: [first, ...rest],
      write: async (tx, place) => {
        if (link)
          await insertPerson(tx, {
            ...{ id: personId, email: input.email ?? "", name: (input.name ?? "").trim() },
            ...{ passwordHash: null, state: "invited", at: place.at },
          })
        for (const [i, visit] of visits.entries())
          await insertGrant(tx, {
            ...visit,
            ...{ n: 1, personId, role: "supervisor" as const, kinds, firstOn, lastOn },
            ...{ state: given.value, at: place.at, byPerson: by, logIndex: place.indexOf(invited.length + i) },
          })
        if (link)
          await insertLink(tx, {
            ...{ hash: link.hash, purpose: "invite" as const, personId, byPerson: by, at: scene.now },
            expiresAt: plusMillis(scene.now, 7 * DAY),
          })
      },
    })
  },
})

/** What cannot be as the form says it; null: it can. */
function wrongIn(input: Visit, { zones }: Loaded, now: Parameters<typeof wrongInGrant>[2]) {
  if (input.personId === null) {
    if (input.name === null) return { path: "name", says: "invalid.required" }
    if (input.email === null) return { path: "email", says: "invalid.required" }
  }
  if (input.entityIds?.some((id) => !zones.has(id))) return { path: "entityIds", says: "invalid.visit-companies" }
  // Where the day is over in one of the companies, that grant would end before it began.
  const wrongs = (input.entityIds ?? [""]).map((id) =>
    wrongInGrant({ ...input, role: "supervisor" }, zones.get(id) ?? "UTC", now),
  )
  return wrongs.find((wrong) => wrong !== null) ?? null
}
