/** What one save of a PDF changed against the one before it. `where` is a place in the file for whoever looks it up. */
export type Difference = {
  revision: number
  kind: DifferenceKind
  where: string
  page?: number
  field?: string
  from?: string
  to?: string
  /** Of a signature: whether its field stood there before, and whether it shows on a page. */
  existed?: boolean
  visible?: boolean
}

/** Kinds of differences, from the harmless to the unknown. */
export const DIFFERENCE_KINDS = [
  "signature-added",
  "timestamp-added",
  "validation-data",
  "metadata",
  "unused",
  "signature-large",
  "signature-picture",
  "signature-replaced",
  "signature-removed",
  "certified-later",
  "form-value",
  "form-picture",
  "form-structure",
  "note-added",
  "note-changed",
  "annotation-added",
  "annotation-changed",
  "annotation-removed",
  "page-added-or-removed",
  "page-content",
  "page-resources",
  "page-box",
  "page-other",
  "catalog-replaced",
  "catalog-other",
  "layers",
  "script",
  "open-action",
  "names",
  "structure",
  "unlisted-bytes",
  "unreferenced",
  "read-two-ways",
  "points-back",
  "too-many",
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Something about the file's own structure that lets it be read in more than one way, or not at all. */
export type StructureProblem = { revision: number; kind: StructureKind; at: number }
export const STRUCTURE_KINDS = [
  "bytes-before",
  "bytes-after",
  "odd-chain",
  "number-twice",
  "object-twice",
  "second-trailer",
  "unlisted-bytes",
  "overlap",
  "points-back",
] as const
export type StructureKind = (typeof STRUCTURE_KINDS)[number]
