import { tidy } from "@/domain/core/canonical"

/** Signs with which a spreadsheet begins a formula, and control signs that let one slip in. */
const STARTS_FORMULA = /^[\s\u0000-\u001f]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/

/** Whether a spreadsheet would take this text for a formula. A bare number is none. */
export function startsFormula(text: string): boolean {
  return STARTS_FORMULA.test(text) && !NUMBER.test(text)
}

/** Takes off the apostrophe that `safeCell` put before text, and no other. */
export function unguarded(text: string): string {
  return text.startsWith("'") && (startsFormula(text.slice(1)) || text.startsWith("''")) ? text.slice(1) : text
}

/** Most cells: letters and numbers of ASCII, which nothing below would change. */
function isPlain(text: string): boolean {
  return text === "" || /^[A-Za-z0-9][A-Za-z0-9 ._:/()-]*$/.test(text)
}

/** A cell that no spreadsheet runs: what could begin a formula gets an apostrophe before it (CWE-1236). */
export function safeCell(text: string): string {
  if (isPlain(text)) return text
  const tidied = tidy(text)
  // Text that would lose an apostrophe of its own on the way back gets one more: what comes back is what went out.
  return startsFormula(tidied) || unguarded(tidied) !== tidied ? `'${tidied}` : tidied
}

/** A line of CSV (RFC 4180): every cell quoted where it must be, none that starts a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells
    .map((cell) => {
      if (isPlain(cell)) return cell
      const safe = safeCell(cell)
      return /[",\r\n;\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
    })
    .join(",")}\r\n`
}

/** What a CSV file begins with, so that spreadsheets read it as UTF-8. */
export const CSV_BEGINS = "\uFEFF"
