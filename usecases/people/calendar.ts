import { z } from "zod"
import { calendarRows, insertCalendar, type CalendarRow } from "@/db/statements/stage-rules"
import { listEntityIds } from "@/db/statements/entities"
import { lockRecords, versionsInForce } from "@/db/statements/versions"
import { canonical } from "@/domain/core/canonical"
import { good, refuse } from "@/domain/core/outcome"
import { readHolidays } from "@/domain/core/working-days"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { sha256 } from "@/usecases/requests/revision"

type Input = { entityId: string; weekend: number[]; holidays: string }
type Loaded = { before: CalendarRow | null; read: ReturnType<typeof readHolidays> }

/** So much text holds a thousand holidays with their names. */
const MOST_TEXT = 120_000

/**
 * Says when a company works: the days of the week on which it does not, and its holidays, one a line as they are pasted.
 * A line that is no day with a name is told by its number, and nothing is taken over until every line is good.
 */
export const putCalendar = act<Input, Loaded, { version: number; holidays: number }>({
  name: "calendar.put",
  input: z.strictObject({
    entityId: idOf("entity"),
    weekend: z
      .array(z.coerce.number().int().min(1).max(7))
      .max(7)
      .transform((list) => [...new Set(list)].sort())
      .refine((list) => list.length < 7, "invalid.weekend"),
    holidays: z.string().max(MOST_TEXT, "invalid.holiday-many").default(""),
  }) as unknown as z.ZodType<Input>,
  load: async (tx, input) => {
    await lockRecords(tx, [input.entityId])
    const [entity] = await versionsInForce(tx, [input.entityId], null)
    if (entity?.kind !== "entity") return null
    const [before] = await calendarRows(tx, [input.entityId], null)
    return { before: before ?? null, read: readHolidays(input.holidays) }
  },
  may: (_actor, { read }) =>
    read.bad.length === 0
      ? good({})
      : refuse("invalid", "invalid.form", {
          fields: read.bad.slice(0, 50).map(({ line, says }) => ({ path: "holidays", says, params: { line } })),
        }),
  run: async (_tx, { input: { entityId, weekend }, loaded: { before, read }, actor }) => {
    const n = (before?.n ?? 0) + 1
    const hash = (weekendDays: readonly number[], list: unknown): string =>
      sha256(canonical({ weekend: [...weekendDays], holidays: list as never }))
    return done({
      value: { version: n, holidays: read.holidays.length },
      events: [
        {
          act: "calendar.put",
          objects: [{ type: "entity", id: entityId }],
          ...(before ? { before: { version: before.n, sha256: hash(before.weekend, before.holidays) } } : {}),
          after: { version: n, weekend, holidays: read.holidays.length, sha256: hash(weekend, read.holidays) },
        },
      ],
      write: (tx, place) =>
        insertCalendar(tx, {
          ...{ entityId, n, weekend, holidays: read.holidays, at: place.at, logIndex: place.indexOf(0) },
          byPerson: actor.kind === "operator" ? null : actor.id,
        }),
    })
  },
})

/** When each of our companies works; one that said nothing is not among them. */
export const readCalendars = look<Record<string, never>, CalendarRow[]>({
  name: "entity.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx) => good(await calendarRows(tx, await listEntityIds(tx), null)),
})
