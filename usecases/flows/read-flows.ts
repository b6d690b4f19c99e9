import { z } from "zod"
import { listEntityIds } from "@/db/statements/entities"
import { flowSumsOf, partyNames } from "@/db/statements/flows"
import { inSpan } from "@/db/statements/lists"
import { within } from "@/db/within"
import { dayIn, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Instant } from "@/domain/core/instant"
import { pictureOf, type Flows, type FlowSums } from "@/domain/flows/picture"
import { countFacets } from "@/domain/register/facet-index"
import { flowSums } from "@/domain/register/flow-sums"
import { good } from "@/domain/core/outcome"
import { look, readingInstant } from "@/usecases/look"
import { withIndex } from "@/usecases/register/count-list"
import { inScope, listInput } from "@/usecases/register/list-records"
import { loadEntities } from "@/usecases/register/records"

const input = listInput
  .pick({ q: true, filters: true, excluded: true, on: true, asOf: true })
  .extend({ by: z.enum(["sharings", "people"]).default("sharings") })
type Input = z.output<typeof input>

export type FlowsPage = Flows & {
  /** There are more flows than could be summed while the page was waited for: none is told. */
  late: boolean
  today: Day
  asOf: Instant | null
  /** Names of our own companies, and of the parties that the reader may know of. */
  names: Record<string, string>
}

const WIDEST = 12

/** The database sums no longer than this: then the page says that there are too many at once. */
const SUMMING_MS = 3000
const NONE: FlowSums = { entities: [], parties: [], sums: [] }

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
    const condition = inScope("sharings", scope, at)
    const of = { by: asked.by, widest: WIDEST }
    const present = asked.on === null || asked.on === dayIn("UTC", scene.now)
    const indexed = await withIndex(
      ...([tx, scene.db] as const),
      { list: "sharings", query, scope, condition, present },
      ({ index, only }) => {
        const { filters, excluded } = asked
        return flowSums(index, countFacets(index, { reader: scope, filters, excluded, facets: [], only }).found, of)
      },
    )
    const sums = indexed ?? (await within(tx, SUMMING_MS, (point) => flowSumsOf(point, query, condition, of)))
    const flows = pictureOf(sums ?? NONE, WIDEST)
    const parties = flows.named.filter((one) => one.column === 1).map((one) => one.id)
    const known = await partyNames(tx, parties, inScope("parties", scope, at), inSpan(at))
    const entities = await loadEntities(tx, await listEntityIds(tx), at)
    return good<FlowsPage>({
      ...flows,
      late: sums === null,
      today,
      asOf: asked.asOf,
      names: Object.fromEntries([...known, ...[...entities].map(([id, one]) => [id, one.legalName] as const)]),
    })
  },
})
