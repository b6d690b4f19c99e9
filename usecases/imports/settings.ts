import { z } from "zod"
import { TARGET_FIELDS, type ColumnMap } from "@/domain/imports/columns"
import type { Corrections, LeftOut } from "@/domain/imports/corrections"
import type { JoinProposal } from "@/domain/imports/clusters"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { codesOf } from "@/domain/vocabulary/term"
import { MODES } from "@/domain/vocabulary/sharings"

/** How a file is to be read: what its columns mean, what a row means that does not say it, which names are one party. */
export type ImportSettings = {
  header: string[]
  /** The first rows, so that a person sees what a column holds. */
  sample: string[][]
  sheet: string | null
  map: ColumnMap
  mode: (typeof MODES)[number]["code"] | null
  kind: (typeof PARTY_KINDS)[number]["code"] | null
  /** Folded names that a person chose to join. */
  joins: string[]
  /** What was typed in place of cells of the file. Absent in imports that were made before there was such a thing. */
  corrections?: Corrections
  /** Wrong rows that somebody chose to leave out. Absent as well. */
  leftOut?: LeftOut
}

/** What reading came to so far. */
export type ImportCounts = {
  rows: number
  valid: number
  invalid: number
  /** Rows left out by choice; absent in imports that were tried before there was such a thing. */
  leftOut?: number
  sharings: number
  joins: JoinProposal[]
}

export const NOTHING_YET: ImportCounts = { rows: 0, valid: 0, invalid: 0, sharings: 0, joins: [] }

/** What a person may set: columns by their place, the defaults, the names to join. */
export const settingsInput = z.strictObject({
  importId: z.string().max(40),
  map: z.record(z.string().regex(/^\d{1,3}$/), z.enum(["extra", "ignore", ...TARGET_FIELDS] as [string, ...string[]])),
  mode: z.enum(codesOf(MODES)).nullable().default(null),
  kind: z.enum(codesOf(PARTY_KINDS)).nullable().default(null),
  joins: z.array(z.string().max(400)).max(10_000).default([]),
})
