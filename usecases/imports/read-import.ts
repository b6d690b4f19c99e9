import { z } from "zod"
import { badRows, importsOf, readImportRow, type BadRow, type ImportRow } from "@/db/statements/imports"
import { requestsOfImport } from "@/db/statements/parts"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import { requestScope } from "@/usecases/requests/list-requests"
import { namesOf } from "@/usecases/requests/named-by"
import type { Tx } from "@/db/connect"
import type { Scope } from "@/usecases/scope"
export type { BadRow }
import type { ImportCounts, ImportSettings } from "./settings"

export type ImportView = Omit<ImportRow, "settings" | "counts" | "problem"> & {
  settings: ImportSettings
  counts: ImportCounts
  problem: { says: string; params: Record<string, string | number> } | null
}

/** The imports of the companies that the reader reads, newest first. */
export const listImports = look<
  { before: string },
  { imports: ImportView[]; next: string | null; names: Record<string, string> }
>({
  name: "import.try",
  input: z.strictObject({ before: z.string().max(80).default("") }) as unknown as z.ZodType<{ before: string }>,
  run: async (tx, { input, scope }) => {
    const [at, id] = input.before.split("~")
    const found = await importsOf(tx, scope.entities, at && id ? { at, id } : null, 26)
    const shown = found.slice(0, 25)
    const last = shown[shown.length - 1]
    return good({
      imports: shown.map(viewOf),
      next: found.length > 25 && last ? `${last.at}~${last.id}` : null,
      names: await namesOf(
        tx,
        shown.map((item) => item.byPerson),
      ),
    })
  },
})

const input = z.strictObject({ importId: idOf("import"), after: z.int().min(0).default(0) })
type Input = z.output<typeof input>

export type ImportPage = {
  view: ImportView
  bad: BadRow[]
  next: number | null
  /** The requests that hold what it proposed, as far as the reader may know them: the first, and parts sent back. */
  requests: { id: string; no: number; title: string; state: string; n: number }[]
  /** Names of who typed over cells. */
  names: Record<string, string>
}

/** One import: how its file is read, what came of it, and a page of the rows that cannot be taken. */
export const readImport = look<Input, ImportPage>({
  name: "import.try",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope }) => {
    const found = await within(tx, asked.importId, scope)
    if (!found.ok) return found
    const bad = await badRows(tx, asked.importId, asked.after, 51)
    const shown = bad.slice(0, 50)
    const requests = await requestsOfImport(tx, asked.importId, requestScope(scope))
    const next = bad.length > 50 ? (shown[49]?.row ?? null) : null
    const view = viewOf(found.value)
    const { corrections = {}, leftOut = {} } = view.settings
    const typists = [...new Set([...Object.values(corrections), ...Object.values(leftOut)].map((one) => one.by))]
    const names = typists.length ? await namesOf(tx, typists) : {}
    return good<ImportPage>({ view, bad: shown, next, requests, names })
  },
})

/** All rows that cannot be taken, for a machine. */
export const badRowsOf = look<{ importId: string }, BadRow[]>({
  name: "import.try",
  input: z.strictObject({ importId: idOf("import") }) as unknown as z.ZodType<{ importId: string }>,
  run: async (tx, { input: asked, scope }) => {
    const found = await within(tx, asked.importId, scope)
    return found.ok ? good(await badRows(tx, asked.importId, 0, 100_000)) : found
  },
})

/** The rows that cannot be taken as a file of the same columns, with the reason beside each. */
export const badRowsCsv = look<
  { importId: string; words: (problem: BadRow["problems"][number]) => string },
  { csv: string; name: string }
>({
  name: "import.try",
  input: z.strictObject({
    importId: idOf("import"),
    words: z.custom<never>((value) => typeof value === "function"),
  }) as never,
  run: async (tx, { input: asked, scope }) => {
    const found = await within(tx, asked.importId, scope)
    if (!found.ok) return found
    const { header } = found.value.settings as ImportSettings
    const lines = [csvLine(["row", "reason", ...header])]
    for (let after = 0; ;) {
      const page = await badRows(tx, asked.importId, after, 500)
      const last = page[page.length - 1]
      if (!last) break
      after = last.row
      for (const one of page)
        lines.push(
          csvLine([
            String(one.row),
            one.problems.map(asked.words).join(" "),
            ...header.map((_name, i) => one.cells[i] ?? ""),
          ]),
        )
    }
    return good({ csv: CSV_BEGINS + lines.join(""), name: found.value.name })
  },
})

async function within(tx: Tx, id: string, scope: Scope): Promise<Outcome<ImportRow>> {
  const found = await readImportRow(tx, id)
  if (!found || (scope.entities !== null && !scope.entities.includes(found.entityId)))
    return refuse("not-found", "not-found")
  return good(found)
}

function viewOf(row: ImportRow): ImportView {
  return {
    ...row,
    settings: row.settings as ImportSettings,
    counts: row.counts as ImportCounts,
    problem: row.problem ? (JSON.parse(row.problem) as ImportView["problem"]) : null,
  }
}
