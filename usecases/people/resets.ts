import { z } from "zod"
import { identitiesOf } from "@/db/statements/identities"
import { confirmLink, insertLink, lockReset, spoilLinks } from "@/db/statements/links"
import { grants, holdersOf, personById, type PersonRow } from "@/db/statements/people"
import { plusMillis } from "@/domain/core/instant"
import { refuse } from "@/domain/core/outcome"
import { confirmReset, resetBy } from "@/domain/people/resets"
import type { Role } from "@/domain/people/roles"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { named } from "./accounts"
import { makeSecret } from "./secrets"

const DAY = 24 * 60 * 60 * 1000

type Loaded = PersonRow & { signsOn: boolean; held: Role[]; administrators: string[] }

/**
 * A one-time link (one day) with which the person sets a new password. For whoever decides or gives roles it takes two:
 * the link opens nothing without the code of a second administrator.
 */
export const resetPerson = act<{ person: string }, Loaded, { path: string; needsSecond: boolean }>({
  name: "person.reset",
  input: z.strictObject({ person: text(254) }) as unknown as z.ZodType<{ person: string }>,
  load: async (tx, input) => {
    const person = await named(tx, input.person)
    if (!person) return null
    // A role that waits counts as well: it may be confirmed before the link is used.
    const held = (await grants(tx, person.id)).filter((grant) => grant.state !== "revoked").map((grant) => grant.role)
    const signsOn = (await identitiesOf(tx, person.id)).length > 0
    return { ...person, signsOn, held, administrators: await holdersOf(tx, "administrator") }
  },
  may: (actor, person) =>
    person.state === "disabled"
      ? refuse("conflict", "conflict.already-disabled")
      : actor.kind !== "operator" && person.signsOn && person.passwordHash === null
        ? refuse("not-allowed", "not-allowed.has-no-password")
        : resetBy(asked(actor, person), person.administrators),
  run: async (_tx, { loaded: person, actor, scene }) => {
    const way = resetBy(asked(actor, person), person.administrators)
    if (!way.ok) return way
    const needsSecond = way.value === "second"
    const { secret, hash } = makeSecret("")
    return done({
      value: { path: `/invitation/${secret}`, needsSecond },
      events: [{ act: "person.reset", objects: [{ type: "person", id: person.id }], after: { needsSecond } }],
      write: async (tx) => {
        await spoilLinks(tx, person.id, scene.now)
        await insertLink(tx, {
          ...{ hash, purpose: "reset", personId: person.id, needsSecond },
          ...{ at: scene.now, expiresAt: plusMillis(scene.now, DAY) },
          byPerson: actor.kind === "operator" ? null : actor.id,
        })
      },
    })
  },
})

const asked = (actor: { kind: string; id: string }, person: Loaded) => ({
  byPerson: actor.kind === "operator" ? null : actor.id,
  ofPerson: person.id,
  held: person.held,
})

type Open = NonNullable<Awaited<ReturnType<typeof lockReset>>> & { ofPerson: string }

/** A second administrator confirms a new password for whoever decides or gives roles, and is given its code, once. */
export const confirmResetOf = act<{ personId: string }, Open, { code: string }>({
  name: "person.reset-confirm",
  input: z.strictObject({ personId: idOf("person") }) as unknown as z.ZodType<{ personId: string }>,
  load: async (tx, input, scene) => {
    const person = await personById(tx, input.personId, true)
    const open = person && person.state !== "disabled" ? await lockReset(tx, person.id, scene.now) : null
    return open && person ? { ...open, ofPerson: person.id } : null
  },
  may: (actor, open) => confirmReset(actor.id, open),
  run: async (_tx, { loaded: open, actor }) => {
    const { secret, hash } = makeSecret("")
    return done({
      value: { code: secret },
      events: [
        {
          act: "person.reset-confirm",
          objects: [{ type: "person", id: open.ofPerson }],
          after: { made: open.byPerson, confirmed: actor.id },
        },
      ],
      write: (tx) => confirmLink(tx, open.hash, hash, actor.id),
    })
  },
})
