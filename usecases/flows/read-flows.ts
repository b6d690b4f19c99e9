import { z } from "zod"
import { listEntityIds } from "@/db/statements/entities"
import { flowsOf, partyNames, type Flows } from "@/db/statements/flows"
import { inSpan } from "@/db/statements/lists"
import { dayIn, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look, readingInstant } from "@/usecases/look"
import { inScope, listInput } from "@/usecases/register/list-records"
import { loadEntities } from "@/usecases/register/records"

const input = listInput
  .pick({ q: true, filters: true, excluded: true, on: true, asOf: true })
  .extend({ by: z.enum(["sharings", "people"]).default("sharings") })
type Input = z.output<typeof input>

export type FlowsPage = Flows & {
  today: Day
  asOf: Instant | null
  /** Names of our own companies, and of the parties that the reader may know of. */
  names: Record<string, string>
}

const WIDEST = 12

/** What flows from which company to which party, country and mechanism: of the sharings that the table would list. */
export const readFlows = look<Input, FlowsPage>({
  name: "register.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const at = await readingInstant(tx, asked.asOf)
    const today = asked.on ?? dayIn("UTC", at ?? scene.now)
    const query = {
      ...{ q: fold(asked.q), filters: asked.filters, excluded: asked.excluded, asOf: at, today },
      ...{ sort: "name", descending: false, after: null, size: 50 as const, reader: scope.personId },
    }
    const flows = await flowsOf(tx, query, inScope("sharings", scope, at), { by: asked.by, widest: WIDEST })
    const parties = flows.named.filter((one) => one.column === 1).map((one) => one.id)
    const known = await partyNames(tx, parties, inScope("parties", scope, at), inSpan(at))
    const entities = await loadEntities(tx, await listEntityIds(tx), at)
    return good<FlowsPage>({
      ...flows,
      today,
      asOf: asked.asOf,
      names: Object.fromEntries([...known, ...[...entities].map(([id, one]) => [id, one.legalName] as const)]),
    })
  },
})
