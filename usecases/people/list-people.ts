import { z } from "zod"
import { grants, peoplePage, type GrantRow } from "@/db/statements/people"
import { refusedAttempts, type RefusedAttempt } from "@/db/statements/refusals"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/read-request"

export type PersonLine = {
  id: string
  email: string
  name: string
  state: string
  createdAt: string
  grants: GrantRow[]
}

/** People with their roles, by name, a page at a time. */
export const listPeople = look<{ after: string | null }, { people: PersonLine[]; next: string | null }>({
  name: "person.read",
  input: z.strictObject({ after: z.string().max(400).nullable().default(null) }) as unknown as z.ZodType<{
    after: string | null
  }>,
  run: async (tx, { input }) => {
    const at = input.after?.lastIndexOf("~") ?? -1
    const cursor = input.after && at > 0 ? { name: input.after.slice(0, at), id: input.after.slice(at + 1) } : null
    const found = await peoplePage(tx, cursor, 51)
    const shown = found.slice(0, 50)
    const all = await grants(tx, null)
    const last = shown[shown.length - 1]
    return good({
      people: shown.map((person) => ({
        ...person,
        grants: all.filter((grant) => grant.personId === person.id && grant.state !== "revoked"),
      })),
      next: found.length > 50 && last ? `${last.name}~${last.id}` : null,
    })
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
    const lines = await refusedAttempts(tx, input.before, 100)
    return good({
      lines,
      names: await namesOf(
        tx,
        lines.flatMap((line) => (line.actorId ? [line.actorId] : [])),
      ),
    })
  },
})
