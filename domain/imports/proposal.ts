import { tidy } from "@/domain/core/canonical"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { RowProblem } from "./row"

/** A record that a row proposes; it enters force only by the request that holds the import. */
export type ImportProposal =
  | { kind: "party"; id: Id<"party">; body: Party }
  | { kind: "sharing"; id: Id<"sharing">; body: Sharing }
  | { kind: "agreement"; id: Id<"agreement">; body: Agreement }

/** What a row came to: its proposals or, where anything is wrong with it, none and every problem. */
export type RowRead = { row: number; proposals: ImportProposal[]; problems: RowProblem[] }

/** Cells as they are kept beside a record: those that hold anything, no longer than a record keeps. */
export function extraOf(cells: readonly { column: string; value: string }[]): Party["extra"] {
  return cells
    .map(({ column, value }) => ({ column: tidy(column).slice(0, 200), value: tidy(value).trim() }))
    .filter(({ value }) => value !== "")
}
