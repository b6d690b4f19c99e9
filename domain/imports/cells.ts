import { BLANK, known, unknown, type Answer } from "@/domain/core/answer"
import { tidy } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import type { ColumnMap, TargetField } from "./columns"
import { startsFormula, unguarded } from "@/domain/exports/cell"
import type { RowProblem, SheetRow } from "./row"
import { isCellError, readDay, saysNothing, saysUnknown } from "./values"
import type { Words } from "./vocabulary-words"

/** The cells of one row by what they mean, collecting every problem on the way. */
export type Cells = {
  /** The cell's text, trimmed; empty where there is no such column or the cell says that there is nothing. */
  text: (field: TargetField, most?: number) => string
  /** A name: it may not begin like a formula. */
  name: (field: TargetField, most: number) => string
  answer: <T>(field: TargetField, read: (text: string) => T | null, says: string) => Answer<T>
  free: (field: TargetField, most: number) => Answer<string>
  day: (field: TargetField) => Answer<Day>
  word: <T>(field: TargetField, words: Words<T>) => Answer<T>
  words: <T>(field: TargetField, words: Words<T>) => Answer<T[]>
  problem: (field: TargetField | null, says: string, params?: RowProblem["params"]) => void
  /** Whether the cell holds anything; asks without telling of problems. */
  has: (field: TargetField) => boolean
  /** Whether a problem with this cell was told already. */
  faulty: (field: TargetField) => boolean
  problems: RowProblem[]
}

const MOST_SHOWN = 60

/** Opens a row under a map of its columns. `guarded`: a `'` before a formula's first sign is taken off (CSV). */
export function openCells(row: SheetRow, header: readonly string[], map: ColumnMap, guarded: boolean): Cells {
  const problems: RowProblem[] = []
  const places = new Map<TargetField, number>()
  for (const [at, field] of Object.entries(map))
    if (field !== "extra" && field !== "ignore" && !places.has(field)) places.set(field, Number(at))
  const columnOf = (field: TargetField): string | null => header[places.get(field) ?? -1] ?? null
  const problem: Cells["problem"] = (field, says, params) =>
    void problems.push({ row: row.row, column: field && columnOf(field), says, ...(params ? { params } : {}) })
  const raw = (field: TargetField): string => tidy(row.cells[places.get(field) ?? -1] ?? "").trim()
  const text: Cells["text"] = (field, most = 4000) => {
    const value = guarded ? unguarded(raw(field)) : raw(field)
    if (isCellError(value)) problem(field, "import.cell-error", { value })
    else if (value.length > most) problem(field, "import.too-long", { limit: most })
    else if (!saysNothing(value)) return value
    return ""
  }
  const answer: Cells["answer"] = (field, read, says) => {
    const value = text(field)
    if (value === "") return BLANK
    if (saysUnknown(value)) return unknown()
    const got = read(value)
    if (got !== null) return known(got)
    problem(field, says, { value: shown(value) })
    return BLANK
  }
  return {
    text,
    answer,
    problem,
    problems,
    has: (field) => !saysNothing(raw(field)),
    faulty: (field) => problems.some(({ column }) => column !== null && column === columnOf(field)),
    name: (field, most) => {
      const plain = raw(field)
      if (startsFormula(plain) || plain.startsWith("-") || row.formulas?.includes(places.get(field) ?? -1)) {
        problem(field, "import.formula", { value: shown(plain) })
        return ""
      }
      return text(field, most).replace(/\s+/g, " ")
    },
    free: (field, most) => {
      const value = text(field, most)
      return value === "" ? BLANK : saysUnknown(value) ? unknown() : known(value)
    },
    day: (field) => answer(field, readDay, "import.no-day"),
    word: (field, words) => answer(field, words.one, "import.no-word"),
    words: (field, words) =>
      answer(
        field,
        (cell) => {
          const { found, strange } = words.list(cell)
          for (const piece of strange) problem(field, "import.no-word", { value: shown(piece) })
          return found
        },
        "import.no-word",
      ),
  }
}

/** The beginning of a value, as a sentence quotes it. */
export function shown(value: string): string {
  return value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN - 1)}…` : value
}
