import type { Difference, DifferenceKind, StructureProblem } from "./differences"

/** What a signer allows to be changed afterwards, and which fields are closed. */
export type Permission = {
  docMdp: 1 | 2 | 3 | null
  locks: { action: "All" | "Include" | "Exclude"; fields: string[] }[]
}
export type Later = {
  state: "none" | "allowed" | "changed" | "unknown"
  differences: (Difference & { allowed: boolean })[]
}

const VALIDATION: DifferenceKind[] = ["timestamp-added", "validation-data", "unused"]
const ALWAYS: DifferenceKind[] = [...VALIDATION, "signature-added", "metadata"]
/** What is no difference of content while it stands in what was signed, and is one when it comes later. */
const OF_STRUCTURE: Record<StructureProblem["kind"], DifferenceKind> = {
  "bytes-before": "unlisted-bytes",
  "bytes-after": "unlisted-bytes",
  "unlisted-bytes": "unlisted-bytes",
  "odd-chain": "points-back",
  "points-back": "points-back",
  "number-twice": "read-two-ways",
  "object-twice": "read-two-ways",
  "second-trailer": "read-two-ways",
  overlap: "read-two-ways",
}

/** What came after a signature, and whether all of it is allowed. What is not named as allowed is a change. */
export function laterThan(
  revision: number | null,
  permission: Permission,
  differences: Difference[],
  problems: StructureProblem[],
  present: boolean,
): Later {
  if (revision === null) return { state: "unknown", differences: [] }
  const found: Difference[] = [
    ...differences.filter((one) => one.revision > revision),
    ...problems
      .filter((one) => one.revision > revision)
      .map((one) => ({ revision: one.revision, kind: OF_STRUCTURE[one.kind], where: `byte ${one.at}` })),
  ]
  if (!present && !found.some((one) => one.kind === "signature-removed"))
    found.push({ revision: revision + 1, kind: "signature-removed", where: "AcroForm" })
  const told = found.map((one) => ({ ...one, allowed: isAllowed(one, permission) }))
  const state = told.length === 0 ? "none" : told.every((one) => one.allowed) ? "allowed" : "changed"
  return { state, differences: told }
}

/** Whether one later difference is among those which the signer allowed (ISO 32000-2, 12.8.2). */
export function isAllowed(difference: Difference, { docMdp, locks }: Permission): boolean {
  const { kind, field } = difference
  if (field !== undefined && (kind === "form-value" || (kind === "signature-added" && difference.existed)))
    if (locks.some((lock) => closes(lock, field))) return false
  if (docMdp === null) return ALWAYS.includes(kind)
  // Under a certificate a new picture on the page is a change: only fields that stood there may be filled.
  if (kind === "signature-added" || kind === "timestamp-added") {
    if (docMdp === 1 && kind === "signature-added") return false
    return difference.existed === true || difference.visible !== true
  }
  if (docMdp === 1) return VALIDATION.includes(kind)
  if (ALWAYS.includes(kind) || kind === "form-value") return true
  return docMdp === 3 && (kind === "note-added" || kind === "note-changed")
}

function closes(lock: Permission["locks"][number], field: string): boolean {
  if (lock.action === "All") return true
  const named = lock.fields.some((one) => field === one || field.startsWith(`${one}.`))
  return lock.action === "Include" ? named : !named
}
