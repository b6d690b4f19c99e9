import type { Difference, StructureProblem } from "@/domain/signatures/differences"

/** What is wrong with the bytes that a signature says it covers. */
export const COVERAGE_KINDS = [
  "no-byte-range",
  "odd-byte-range",
  "starts-late",
  "hole-is-not-contents",
  "beyond-file",
  "not-a-revision",
  "other-revision",
  "no-contents",
  "contents-not-hex",
  "packed-away",
  "read-two-ways",
] as const
export type CoverageProblem = (typeof COVERAGE_KINDS)[number]

/** Fields that a signature closes. */
export type FieldLock = { action: "All" | "Include" | "Exclude"; fields: string[] }

/** A signature as it stands in the file; nothing about it is believed yet. */
export type FoundSignature = {
  field: string
  kind: "signature" | "timestamp"
  subFilter: string | null
  byteRange: number[] | null
  contents: Uint8Array | null
  coverage: CoverageProblem[]
  /** The revision that it signs; null where its bytes end at none. */
  revision: number | null
  claimed: { name: string | null; reason: string | null; location: string | null; at: string | null }
  docMdp: 1 | 2 | 3 | null
  certifies: boolean
  locks: FieldLock[]
  page: number | null
  /** False where a later revision took it out of the form. */
  present: boolean
  /** False where the form does not list the field: it was found on a page. */
  listed: boolean
}

export type FoundInPdf = {
  sizeBytes: number
  revisions: number
  differences: Difference[]
  problems: StructureProblem[]
  signatures: FoundSignature[]
  validation: { certificates: Uint8Array[]; crls: Uint8Array[]; ocsps: Uint8Array[] }
  hasValidationStore: boolean
}
