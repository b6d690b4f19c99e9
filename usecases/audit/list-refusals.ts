import { z } from "zod"
import { refusedAttempts, type RefusedAttempt } from "@/db/statements/refusals"
import { good, refuse } from "@/domain/core/outcome"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { look } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { namesOf } from "@/usecases/requests/named-by"

const input = z.strictObject({
  before: z.int().min(1).nullable().default(null),
  size: z.int().min(1).max(5_000).default(50),
  asOf: asOfInput,
})
type Input = z.output<typeof input>

export type RefusalsPage = {
  lines: (RefusedAttempt & { id: number })[]
  next: number | null
  names: Record<string, string>
}

/** Attempts that were refused by the instant, newest first: who tried what and why not. They are no part of the log. */
export const listRefusals = look<Input, RefusalsPage>({
  name: "refusals.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, actor }) => {
    // An attempt names no company: whoever reads some of them alone cannot be shown theirs.
    if (isOnlySupervisor(actor) && scope.entities !== null) return refuse("not-found", "not-found")
    const found = await refusedAttempts(tx, { before: asked.before, until: asked.asOf }, asked.size + 1)
    const lines = found.slice(0, asked.size)
    const last = lines[lines.length - 1]
    return good<RefusalsPage>({
      lines,
      next: found.length > asked.size && last ? last.id : null,
      names: await namesOf(
        tx,
        lines.flatMap((line) => (line.actorId ? [line.actorId] : [])),
      ),
    })
  },
})
