import { sql } from "drizzle-orm"
import { z } from "zod"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { good } from "@/domain/core/outcome"
import { coverageOn, paperOn } from "@/domain/register/standing-on-day"
import { mayLeave } from "@/usecases/exports/mainland"
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

/** What a column of a table is in a file, where it is not called the same there. */
const SHOWN: Record<keyof typeof COLUMNS, Record<string, readonly string[]>> = {
  parties: {
    ...{ name: ["title"], kind: ["kinds"], country: ["country"], sharings: ["sharingCount"] },
    ...{
      decision: ["dataDecision"],
      since: ["fromAt"],
      "sub-kind": ["subKind"],
      risk: ["risk"],
      standing: ["standing"],
    },
  },
  sharings: {
    ...{ title: ["title"], party: ["partyId", "partyName"], where: ["countries"], ground: ["grounds"] },
    ...{
      coverage: ["coverageOnDay"],
      mode: ["mode"],
      entity: ["entityId"],
      purposes: ["purposes"],
      data: ["dataKinds"],
    },
    ...{ subjects: ["subjects"], mechanisms: ["mechanisms"], starts: ["startsOn"], ends: ["endsOn"], due: ["dueOn"] },
    ...{ unknowns: ["unknowns"], standing: ["standing"], since: ["fromAt"] },
  },
  agreements: {
    ...{ title: ["title"], party: ["partyId", "partyName"], kind: ["kind"], effect: ["effectOn"], ends: ["endsOn"] },
    ...{ covers: ["coverCount"], state: ["stateOnDay"], entity: ["entityId"], known: ["knownHow"], file: ["hasFile"] },
    ...{ standing: ["standing"], since: ["fromAt"] },
  },
  others: {
    ...{ title: ["title"], record: ["recordKind"], kind: ["kind"], party: ["partyId", "partyName"] },
    ...{ outcome: ["outcome"], ends: ["lastOn"], first: ["firstOn"], standing: ["standing"], since: ["fromAt"] },
  },
}

const csvInput = listInput.extend({ columns: z.array(z.string().max(40)).max(40).default([]) })
type Input = z.output<typeof csvInput>

/** The columns of a file: all of the list's, or the id, the first and those that were chosen, in their order. */
function columnsOf({ list, columns }: Pick<Input, "list" | "columns">): readonly string[] {
  const chosen = columns.flatMap((id) => SHOWN[list][id] ?? [])
  return chosen.length ? [...new Set(["id", "title", ...chosen])] : COLUMNS[list]
}

/** What no row holds but follows from it and the day that is looked at. */
function derived(row: Record<string, unknown>, column: string, day: string): unknown {
  if (column === "coverageOnDay") return coverageOn(row as Parameters<typeof coverageOn>[0], day)
  if (column === "stateOnDay") return paperOn(row as Parameters<typeof paperOn>[0], day)
  return row[column]
}

/** The rows of a table as CSV: the same search, filters, sorting, columns and scope as on screen, at most 20,000 rows. */
export const viewCsv = look<Input, { csv: string; rows: number; cut: boolean }>({
  name: "view.export",
  input: csvInput as unknown as z.ZodType<Input>,
  run: async (tx, { input, scope, actor, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const chosen = input.filters.entity ?? []
    const stays = await mayLeave(tx, { actor, scope, scene }, chosen.length > 0 ? chosen : null)
    if (stays) return stays
    const { columns: _chosen, ...asked } = input
    const columns = columnsOf(input)
    const lines = [csvLine(columns)]
    let after: string | null = null
    do {
      const page = await listPageOf(tx, { ...asked, after, size: 200, facets: [], count: false }, scope, scene)
      for (const row of page.rows)
        lines.push(
          csvLine(
            columns.map((column) =>
              column === "entityId" ? named(page.names, row[column]) : cell(derived(row, column, page.today)),
            ),
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
