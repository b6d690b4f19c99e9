import { z } from "zod"
import { openResets, type OpenReset } from "@/db/statements/links"
import { grants, grantsAsOf, peoplePage, personById, type GrantRow } from "@/db/statements/people"
import { registerBegan } from "@/db/statements/versions"
import type { Instant } from "@/domain/core/instant"
import { refusedAttempts, type RefusedAttempt } from "@/db/statements/refusals"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { namesOf } from "@/usecases/requests/named-by"

export type PersonLine = {
  id: string
  email: string | null
  name: string
  state: string
  createdAt: string
  grants: GrantRow[]
  /** A new-password link of theirs that waits for a second administrator. */
  reset: OpenReset | null
}

/** People with their roles, by name, a page at a time. */
export const listPeople = look<{ after: string | null }, { people: PersonLine[]; next: string | null }>({
  name: "person.read",
  input: z.strictObject({ after: z.string().max(400).nullable().default(null) }) as unknown as z.ZodType<{
    after: string | null
  }>,
  run: async (tx, { input, scene }) => {
    const at = input.after?.lastIndexOf("~") ?? -1
    const cursor = input.after && at > 0 ? { name: input.after.slice(0, at), id: input.after.slice(at + 1) } : null
    const found = await peoplePage(tx, cursor, 51)
    const shown = found.slice(0, 50)
    const all = await grants(tx, null)
    const resets = await openResets(tx, scene.now)
    const last = shown[shown.length - 1]
    return good({
      people: shown.map((person) => ({
        ...person,
        reset: resets.find((reset) => reset.personId === person.id) ?? null,
        grants: all.filter((grant) => grant.personId === person.id && grant.state !== "revoked"),
      })),
      next: found.length > 50 && last ? `${last.name}~${last.id}` : null,
    })
  },
})

/** One person, by id: for a form that is about them. Whoever's account is shut is none to give anything to. */
export const readPerson = look<{ id: string }, { id: string; name: string }>({
  name: "person.read",
  input: z.strictObject({ id: idOf("person") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input }) => {
    const person = await personById(tx, input.id)
    return person && person.state !== "disabled"
      ? good({ id: person.id, name: person.name })
      : refuse("not-found", "not-found")
  },
})

export type RoleLine = Awaited<ReturnType<typeof grantsAsOf>>[number]

/**
 * Who had which role at an instant, as the versions of the grants say; null is now. An instant beyond the last act
 * answers as of that one. A grant that waited then had no effect, and says so.
 */
export const listRoles = look<
  { asOf: Instant | null },
  { roles: RoleLine[]; asOf: Instant | null; began: Instant | null }
>({
  name: "person.read",
  input: z.strictObject({ asOf: asOfInput }) as unknown as z.ZodType<{ asOf: Instant | null }>,
  run: async (tx, { input, scene }) => {
    const at = await readingInstant(tx, input.asOf)
    return good({ roles: await grantsAsOf(tx, at ?? scene.now), asOf: input.asOf, began: await registerBegan(tx) })
  },
})

/** Refused attempts, newest first: for administrators and the DPO. */
export const listRefusals = look<
  { before: number | null },
  { lines: (RefusedAttempt & { id: number })[]; names: Record<string, string> }
>({
  name: "refusals.read",
  input: z.strictObject({ before: z.int().nullable().default(null) }) as unknown as z.ZodType<{
    before: number | null
  }>,
  run: async (tx, { input }) => {
    const lines = await refusedAttempts(tx, { before: input.before, until: null }, 100)
    return good({
      lines,
      names: await namesOf(
        tx,
        lines.flatMap((line) => (line.actorId ? [line.actorId] : [])),
      ),
    })
  },
})
