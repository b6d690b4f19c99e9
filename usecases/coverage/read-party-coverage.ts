import { z } from "zod"
import { partyCounts, partyCoverage } from "@/db/statements/coverage"
import { partyNames } from "@/db/statements/flows"
import { inSpan } from "@/db/statements/lists"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { dayShape } from "@/domain/records/parts"
import { look, readingInstant } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { asOfInput } from "@/usecases/register/as-of"
import { loadEntities } from "@/usecases/register/records"
import { coverLine, readCursor, writeCursor, type CoverLine } from "./cover-line"

const input = z.strictObject({
  id: z.string().max(40),
  after: z.string().max(1200).default(""),
  size: z.int().min(1).max(100).default(50),
  asOf: asOfInput,
  on: dayShape.nullable().default(null),
})
type Input = z.output<typeof input>

export type PartyCoverage = {
  title: string
  lines: CoverLine[]
  next: string | null
  counts: { all: number; gap: number; unjudged: number }
  /** The day that is asked for: `on`, or today (UTC, for companies mix). */
  today: Day
  asOf: Instant | null
  /** Names of our own companies. */
  names: Record<string, string>
}

/** How a party's sharings are covered over time, a page of them by name: read as it was judged, never judged anew. */
export const readPartyCoverage = look<Input, PartyCoverage>({
  name: "register.read",
  input: input as unknown as z.ZodType<Input>,
  about: (asked) => [{ type: "record", id: asked.id }],
  run: async (tx, { input: asked, scope, scene }) => {
    const at = await readingInstant(tx, asked.asOf)
    const names = await partyNames(tx, [asked.id], inScope("parties", scope, at), inSpan(at))
    const title = names.get(asked.id)
    if (title === undefined) return refuse("not-found", "not-found")
    const today = asked.on ?? dayIn("UTC", at ?? scene.now)
    const within = inScope("sharings", scope, at)
    const cursor = readCursor(asked.after)
    const of = { partyId: asked.id, at, reader: scope.personId }
    const found = await partyCoverage(
      tx,
      { ...of, after: cursor ? { fold: cursor.key, id: cursor.id } : null, limit: asked.size + 1 },
      within,
    )
    const shown = found.slice(0, asked.size)
    const last = shown[shown.length - 1]
    const entities = await loadEntities(tx, [...new Set(shown.map((row) => row.entityId))], at)
    return good<PartyCoverage>({
      title,
      lines: shown.map((row) => coverLine(row, entities)),
      next: found.length > asked.size && last ? writeCursor(last.fold, last.id) : null,
      counts: await partyCounts(tx, { ...of, on: today }, within),
      today,
      asOf: asked.asOf,
      names: Object.fromEntries([...entities].map(([id, entity]) => [id, entity.legalName])),
    })
  },
})
