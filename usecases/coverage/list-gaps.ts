import { z } from "zod"
import { gapCounts, gapPage, type GapCounts } from "@/db/statements/coverage"
import { listEntityIds } from "@/db/statements/entities"
import { dayIn, parseDay, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { dayShape } from "@/domain/records/parts"
import { look, readingInstant } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { asOfInput } from "@/usecases/register/as-of"
import { loadEntities } from "@/usecases/register/records"
import { coverLine, readCursor, writeCursor, type CoverLine } from "./cover-line"

const input = z.strictObject({
  entities: z.array(z.string().max(40)).max(50).default([]),
  causes: z.array(z.string().max(60)).max(50).default([]),
  after: z.string().max(1200).default(""),
  size: z.int().min(1).max(200).default(50),
  asOf: asOfInput,
  on: dayShape.nullable().default(null),
})
type Input = z.output<typeof input>

/** A sharing with a gap: since when nothing covers it, until when this will go on, and the codes of what it lacks. */
export type GapItem = CoverLine & { sinceOn: Day | null; untilOn: Day | null; causes: string[] }

export type GapsPage = GapCounts & {
  gaps: GapItem[]
  next: string | null
  today: Day
  asOf: Instant | null
  names: Record<string, string>
}

/** All sharings with a gap on the day, the longest first; by company and by cause, within the reader's scope. */
export const listGaps = look<Input, GapsPage>({
  name: "register.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const at = await readingInstant(tx, asked.asOf)
    const today = asked.on ?? dayIn("UTC", at ?? scene.now)
    const cursor = readCursor(asked.after)
    const since = cursor && (cursor.key === "-infinity" || parseDay(cursor.key) !== null) ? cursor : null
    const query = {
      ...{ at, on: today, entities: asked.entities, causes: asked.causes, limit: asked.size + 1 },
      after: since ? { since: since.key, id: since.id } : null,
      reader: scope.personId,
    }
    const within = inScope("sharings", scope, at)
    const found = await gapPage(tx, query, within)
    const shown = found.slice(0, asked.size)
    const last = shown[shown.length - 1]
    const entities = await loadEntities(tx, await listEntityIds(tx), at)
    return good<GapsPage>({
      ...(await gapCounts(tx, query, within)),
      gaps: shown.map((row) => ({
        ...coverLine(row, entities),
        sinceOn: parseDay(row.sinceOn),
        untilOn: parseDay(row.untilOn),
        causes: row.causes,
      })),
      next: found.length > asked.size && last ? writeCursor(last.sinceOn, last.id) : null,
      today,
      asOf: asked.asOf,
      names: Object.fromEntries([...entities].map(([id, entity]) => [id, entity.legalName])),
    })
  },
})
