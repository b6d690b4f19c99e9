import { z } from "zod"
import { lentThen, rolesThen, type LentLine, type RoleLine } from "@/db/statements/answers-people"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { clocksInput, companiesRead, readPlace, whenAsked, writePlace } from "./clocks"

const input = z.strictObject({
  after: z.string().max(1600).default(""),
  size: z.int().min(1).max(5_000).default(50),
  asOf: clocksInput.asOf,
})
type Input = z.output<typeof input>

export type RolesPage = {
  lines: RoleLine[]
  next: string | null
  /** Who stood in for whom; with the first page. */
  lent: LentLine[]
  asOf: Instant | null
  said: Instant
  entities: Record<string, string>
}

/**
 * Who held which role where at an instant, and who stood in for whom: in the reader's companies. Whose account was shut by then
 * held none.
 */
export const rolesOn = look<Input, RolesPage>({
  name: "roles.read",
  input: input as unknown as z.ZodType<Input>,
  about: () => [{ type: "answer", id: "roles" }],
  run: async (tx, { input: asked, scope, scene }) => {
    const { said } = await whenAsked(tx, { asOf: asked.asOf, on: null }, scene.now)
    const { entities } = scope
    const place = readPlace(asked.after)
    const found = await rolesThen(tx, {
      ...{ at: said, entities, limit: asked.size + 1 },
      after: place && { name: place.key, id: place.id },
    })
    const lines = found.slice(0, asked.size)
    const last = lines[lines.length - 1]
    return good({
      lines,
      next: found.length > asked.size && last ? writePlace(last.name, last.grantId) : null,
      lent: place ? [] : await lentThen(tx, { at: said, entities }),
      ...{ asOf: asked.asOf, said },
      entities: await companiesRead(tx, scope),
    })
  },
})
