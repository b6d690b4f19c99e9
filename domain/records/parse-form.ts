import { FIELDS, blankOf, type FieldNode } from "./fields"
import type { Agreement } from "./agreement"
import type { RecordKind } from "./kinds"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

/** What a form sent: text by path; a name that stood several times is a list. */
export type Sent = Record<string, string | string[]>

const MOST_LINES = 500

/**
 * The body that a form's fields say, in the form of its kind. An answer whose value was typed counts as known even where
 * its state was left; an empty one as not answered. What is wrong in it is for the shape to say.
 */
export function parseForm(kind: RecordKind, sent: Sent): unknown {
  return valueOf(FIELDS[kind], "", sent)
}

const first = (sent: Sent, path: string): string => {
  const value = sent[path]
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? ""
}
const every = (sent: Sent, path: string): string[] => {
  const value = sent[path]
  return (Array.isArray(value) ? value : value === undefined ? [] : [value])
    .map((item) => item.trim())
    .filter((item) => item !== "")
}
const join = (path: string, step: string | number): string => (path ? `${path}.${step}` : String(step))

function valueOf(node: FieldNode, path: string, sent: Sent): unknown {
  switch (node.is) {
    case "answer":
      return answerOf(node.of, path, sent)
    case "nullable": {
      const inner = valueOf(node.of, path, sent)
      return inner === "" || (Array.isArray(inner) && inner.length === 0) ? null : inner
    }
    case "list":
      return listOf(node.of, path, sent)
    case "group":
      return Object.fromEntries(
        node.fields.map((field) => [field.name, valueOf(field.node, join(path, field.name), sent)]),
      )
    case "number": {
      const text = first(sent, path)
      return text === "" ? "" : Number(text)
    }
    case "boolean":
      return first(sent, path) === "yes"
    case "country":
      return first(sent, path).toUpperCase()
    default:
      return first(sent, path)
  }
}

function answerOf(of: FieldNode, path: string, sent: Sent): unknown {
  const state = first(sent, `${path}.state`)
  if (state === "unknown") {
    const asked = first(sent, `${path}.asked`)
    const due = first(sent, `${path}.due`)
    return { state, ...(asked ? { asked } : {}), ...(due ? { due } : {}) }
  }
  if (state === "not-applicable") return { state }
  const value = valueOf(of, `${path}.value`, sent)
  const empty =
    value === "" ||
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (of.is === "group" && !anythingTyped(`${path}.value`, sent))
  if (state === "known" && of.is === "list") return { state: "known", value }
  return empty ? { state: "blank" } : { state: "known", value }
}

/** Whether a person typed or chose anything below a path; the states of answers alone do not count. */
function anythingTyped(path: string, sent: Sent): boolean {
  return Object.keys(sent).some(
    (name) => name.startsWith(`${path}.`) && !/\.(state|count)$/.test(name) && every(sent, name).length > 0,
  )
}

function listOf(of: FieldNode, path: string, sent: Sent): unknown[] {
  if (of.is === "group") {
    const count = Math.min(Number(first(sent, `${path}.count`)) || 0, MOST_LINES)
    return Array.from({ length: count }, (_none, i) => valueOf(of, join(path, i), sent))
  }
  const values = every(sent, path)
  if (of.is !== "text" && of.is !== "country") return values
  const lines = values
    .flatMap((value) => value.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
  return of.is === "country" ? lines.map((line) => line.toUpperCase()) : lines
}

/**
 * The body with a blank line more at the path of a list. An empty clause checklist gets every item that its kind of
 * agreement needs, and an agreement without signatories one line for each side: nobody types those by hand.
 */
export function addLine(kind: RecordKind, body: unknown, path: string): unknown {
  const many = kind === "agreement" ? linesToBegin(body as Agreement, path) : null
  if (many)
    return atList(kind, body, path, (_list, node) => many.map((over) => ({ ...(blankOf(node) as object), ...over })))
  return atList(kind, body, path, (list, node) => [...list, blankOf(node)])
}

function linesToBegin(body: Agreement, path: string): object[] | null {
  if (path === "signatories" && body.signatories.length === 0) return [{ side: "entity" }, { side: "party" }]
  if (path !== "checklist" || body.checklist.length > 0) return null
  const fileId = body.files[0]?.fileId || null
  return (CHECKLISTS[body.kind] ?? []).map(({ item }) => ({ item, fileId }))
}

/** The body without one line of the list. */
export function dropLine(kind: RecordKind, body: unknown, path: string, index: number): unknown {
  return atList(kind, body, path, (list) => list.filter((_item, i) => i !== index))
}

function atList(
  kind: RecordKind,
  body: unknown,
  path: string,
  change: (list: unknown[], of: FieldNode) => unknown[],
): unknown {
  const copy = structuredClone(body)
  const steps = path.split(".")
  let node: FieldNode = FIELDS[kind]
  let holder = copy as Record<string, unknown>
  for (const [i, step] of steps.entries()) {
    while (node.is === "nullable") node = node.of
    if (node.is === "answer") {
      if (step !== "value") return body
      if (holder.state !== "known") {
        holder.state = "known"
        holder.value = blankOf(node.of)
      }
      node = node.of
    } else if (node.is === "list") node = node.of
    else if (node.is === "group") {
      const field: { node: FieldNode } | undefined = node.fields.find((item) => item.name === step)
      if (!field) return body
      node = field.node
    } else return body
    if (i === steps.length - 1) {
      if (node.is !== "list" || !Array.isArray(holder[step])) return body
      holder[step] = change(holder[step] as unknown[], node.of)
      return copy
    }
    const next = holder[step]
    if (typeof next !== "object" || next === null) return body
    holder = next as Record<string, unknown>
  }
  return body
}
