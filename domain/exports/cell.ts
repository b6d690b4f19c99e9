import { tidy } from "@/domain/core/canonical"

/** Signs with which a spreadsheet begins a formula, and control signs that let one slip in. */
const STARTS_FORMULA = /^[\s\u0000-\u001f]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** A cell that no spreadsheet runs: what could begin a formula gets an apostrophe before it (CWE-1236). */
export function safeCell(text: string): string {
  const tidied = tidy(text).replace(LONE_SURROGATE, "\uFFFD")
  return STARTS_FORMULA.test(tidied) && !/^-?\d+(\.\d+)?$/.test(tidied) ? `'${tidied}` : tidied
}

/** A line of CSV (RFC 4180): every cell quoted where it must be, none that starts a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells
    .map((cell) => {
      const safe = safeCell(cell)
      return /[",\r\n;\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
    })
    .join(",")}\r\n`
}

/** What a CSV file begins with, so that spreadsheets read it as UTF-8. */
export const CSV_BEGINS = "\uFEFF"
