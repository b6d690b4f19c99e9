import type { RecordKind } from "./kinds"
import { COMMITTED } from "./kinds"

/** How a sealed value stands in a version: by its salted commitment. */
export type Sealed = { $c: string }

/** What a view shows where the value behind a commitment was erased. */
export const ERASED = "[erased]"

type Node = Record<string, unknown> | unknown[]

/**
 * Calls `change` for each committed place of the body that holds text; works on a copy. Empty text is left as it is.
 * Whom an answer that is not known yet was asked of is mostly a person's name, wherever it stands.
 */
function mapPlaces(kind: RecordKind, body: unknown, change: (value: unknown, path: string) => unknown): unknown {
  const copy = structuredClone(body) as Node
  for (const steps of STEPS[kind]) walk(copy, steps, "", change)
  walkAsked(copy, "", change)
  return copy
}

const STEPS = Object.fromEntries(
  Object.entries(COMMITTED).map(([kind, patterns]) => [kind, patterns.map((pattern) => pattern.split("."))]),
) as Record<RecordKind, string[][]>

function walkAsked(node: unknown, path: string, change: (value: unknown, path: string) => unknown): void {
  if (node === null || typeof node !== "object") return
  const holder = node as Record<string, unknown>
  if (holder.state === "unknown" && "asked" in holder) holder.asked = change(holder.asked, `${path}.asked`)
  else for (const [key, item] of Object.entries(holder)) walkAsked(item, path ? `${path}.${key}` : key, change)
}

function walk(node: unknown, steps: string[], path: string, change: (value: unknown, path: string) => unknown): void {
  if (node === null || typeof node !== "object") return
  const [step, ...rest] = steps
  if (step === undefined) return
  const keys = step === "*" ? Object.keys(node) : step in node ? [step] : []
  for (const key of keys) {
    const holder = node as Record<string, unknown>
    const here = path ? `${path}.${key}` : key
    if (rest.length) walk(holder[key], rest, here, change)
    else holder[key] = change(holder[key], here)
  }
}

/** The body with every personal or free text replaced by its commitment (foundation 8). */
export function seal(kind: RecordKind, body: unknown, commit: (value: string, path: string) => string): unknown {
  return mapPlaces(kind, body, (value, path) =>
    typeof value === "string" && value !== "" ? { $c: commit(value, path) } : value,
  )
}

/** The commitments that a sealed body holds. */
export function commitmentsOf(kind: RecordKind, sealed: unknown): string[] {
  const found: string[] = []
  const note = (value: unknown): unknown => {
    if (isSealed(value)) found.push(value.$c)
    return value
  }
  for (const steps of STEPS[kind]) walk(sealed, steps, "", note)
  walkAsked(sealed, "", note)
  return found
}

/** The commitments of a sealed body by the places where they stand, such as `contacts.0.name`. */
export function committedPlaces(kind: RecordKind, sealed: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const note = (value: unknown, path: string): unknown => {
    if (isSealed(value)) found.set(path.replace(/^\./, ""), value.$c)
    return value
  }
  for (const steps of STEPS[kind]) walk(sealed, steps, "", note)
  walkAsked(sealed, "", note)
  return found
}

/** The body with its values back; what was erased reads `[erased]`. A body that holds no commitment is given back itself. */
export function unseal(
  kind: RecordKind,
  sealed: unknown,
  disclosed: (commitment: string) => string | undefined,
): unknown {
  if (commitmentsOf(kind, sealed).length === 0) return sealed
  return mapPlaces(kind, sealed, (value) => (isSealed(value) ? (disclosed(value.$c) ?? ERASED) : value))
}

/**
 * A sealed body, just parsed, with a stand-in for each committed value, in place: for what only asks whether a text is
 * there. Coverage and checks ask no more.
 */
export function veiled<T>(kind: RecordKind, sealed: T): T {
  const veil = (value: unknown): unknown => (isSealed(value) ? ERASED : value)
  for (const steps of STEPS[kind]) walk(sealed, steps, "", veil)
  walkAsked(sealed, "", veil)
  return sealed
}

/** Whether the text of a sealed body can hold a commitment at all: few do, and only those need be looked through. */
export function holdsCommitment(text: string): boolean {
  // What is found only after a rare sign is looked for by it first: a quotation mark stands in every tenth place.
  return text.includes('$c"') && text.includes('"$c"')
}

/** Whether the value is a commitment. */
export function isSealed(value: unknown): value is Sealed {
  return typeof value === "object" && value !== null && "$c" in value && typeof (value as Sealed).$c === "string"
}
