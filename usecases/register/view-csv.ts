import { sql } from "drizzle-orm"
import type { z } from "zod"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { good, refuse } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { listInput, listPageOf } from "./list-records"

/** A view larger than this is what the export is for. */
const MOST = 20_000

const COLUMNS = {
  parties: ["id", "title", "standing", "kinds", "subKind", "country", "dataDecision", "risk", "sharingCount", "fromAt"],
  sharings: [
    ...["id", "title", "standing", "entityId", "partyId", "partyName", "mode", "grounds", "purposes", "dataKinds"],
    ...["subjects", "countries", "mechanisms", "startsOn", "endsOn", "dueOn", "unknowns", "fromAt"],
  ],
  agreements: [
    ...["id", "title", "standing", "entityId", "partyId", "partyName", "kind", "knownHow", "effectOn", "endsOn"],
    ...["coverCount", "hasFile", "signed", "fromAt"],
  ],
  others: [
    ...["id", "title", "standing", "recordKind", "kind", "entityId", "partyId", "partyName", "sharingId", "outcome"],
    ...["firstOn", "lastOn", "fromAt"],
  ],
} as const

type Input = z.output<typeof listInput>

/** The rows of a table as CSV: the same search, filters, sorting and scope as on screen, at most 20,000 rows. */
export const viewCsv = look<Input, { csv: string; rows: number; cut: boolean }>({
  name: "view.export",
  input: listInput as unknown as z.ZodType<Input>,
  run: async (tx, { input, scope, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const columns = COLUMNS[input.list]
    const lines = [csvLine(columns)]
    let after: string | null = null
    do {
      const page = await listPageOf(tx, { ...input, after, size: 200, facets: [], count: false }, scope, scene)
      if (page.todayOnly.length)
        return refuse("invalid", "invalid.today-only", { params: { facets: page.todayOnly.join(", ") } })
      for (const row of page.rows)
        lines.push(
          csvLine(
            columns.map((column) => (column === "entityId" ? named(page.names, row[column]) : cell(row[column]))),
          ),
        )
      after = page.next
    } while (after !== null && lines.length <= MOST)
    return good({ csv: CSV_BEGINS + lines.join(""), rows: lines.length - 1, cut: after !== null })
  },
})

const named = (names: Record<string, string>, id: unknown): string => names[String(id)] ?? cell(id)

function cell(value: unknown): string {
  if (value === null || value === undefined) return ""
  return Array.isArray(value) ? value.join("; ") : String(value)
}
