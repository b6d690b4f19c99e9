import { FIELDS, type FieldNode } from "./fields"
import type { RecordKind } from "./kinds"

/** What a path may look like: names and numbers with dots between. */
export const PATH = /^[A-Za-z]\w{0,40}(\.\w{1,40}){0,8}$/

/**
 * The id that a record's form gives to the place of a path: of the question itself, or of what of it is there when a
 * line is gone. Null for a path that is no field of this kind.
 */
export function placeInForm(kind: RecordKind, path: string, body: Record<string, unknown>): string | null {
  if (!PATH.test(path)) return null
  const [name = "", ...rest] = path.split(".")
  const field = FIELDS[kind].fields.find((one) => one.name === name)
  return field ? within(field.node, name, rest, body[name]) : null
}

function within(node: FieldNode, at: string, rest: readonly string[], value: unknown): string {
  if (node.is === "answer") {
    // Whom was asked, until when: said instead of an answer, and questions of their own.
    if (rest[0] === "asked" || rest[0] === "due" || rest[0] === "state") return `${at}.${rest[0]}`
    const known = (value as { value?: unknown } | null | undefined)?.value
    return within(node.of, `${at}.value`, rest[0] === "value" ? rest.slice(1) : rest, known)
  }
  if (node.is === "nullable") return within(node.of, at, rest, value)
  const [step, ...more] = rest
  if (step === undefined) return at
  if (node.is === "list" && node.of.is === "group") {
    const lines = Array.isArray(value) ? (value as unknown[]) : []
    return /^\d+$/.test(step) && Number(step) < lines.length
      ? within(node.of, `${at}.${step}`, more, lines[Number(step)])
      : at
  }
  if (node.is === "group") {
    const member = node.fields.find((one) => one.name === step)
    const body = (value ?? {}) as Record<string, unknown>
    return member ? within(member.node, `${at}.${step}`, more, body[step]) : at
  }
  return at
}

/**
 * The kind of record whose form cures what a finding names, and the place in it: the record itself; for cover and the
 * clauses of papers an agreement; for a missing look at the party an assessment.
 */
export function curedIn(kind: RecordKind, path: string): { kind: RecordKind; path: string; itself: boolean } {
  const name = path.split(".")[0] ?? ""
  const own = FIELDS[kind].fields.some((field) => field.name === name)
  if (own || kind !== "sharing") return { kind, path, itself: true }
  if (name === "covers" || name === "checklist") return { kind: "agreement", path, itself: false }
  if (name === "assessment") return { kind: "assessment", path: "kind", itself: false }
  return { kind, path, itself: true }
}
