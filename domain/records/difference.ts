import { canonical } from "@/domain/core/canonical"
import { FIELDS, type FieldNode } from "./fields"
import type { RecordKind } from "./kinds"
import { labelOf } from "./labels"

/** One printed place of a record: what it is called and what it says, line by line. */
export type Printed = { path: string; label: string; lines: string[] }

/** One place that differs between two bodies of a record. */
export type Differing = {
  path: string
  label: string
  before: string[]
  after: string[]
  change: "added" | "removed" | "changed" | "same"
}

/** How ids, days and states read for a person. The words come from outside: the domain has none of its own. */
export type Speak = {
  name: (id: string) => string
  day: (day: string) => string
  country: (code: string) => string
  state: (answer: { state: string; asked?: string; due?: string }) => string
  yes: string
  no: string
  open: string
  none: string
}

/** Every field of a body in words, in the order of its kind. An empty list says so. */
export function printed(kind: RecordKind | "entity", body: unknown, speak: Speak): Printed[] {
  return FIELDS[kind].fields.map(({ name, node }) => ({
    path: name,
    label: labelOf(kind, name),
    lines: linesOf(kind, name, node, (body as Record<string, unknown>)[name], speak),
  }))
}

function linesOf(kind: string, path: string, node: FieldNode, value: unknown, speak: Speak): string[] {
  if (node.is === "answer") {
    const answer = value as { state: string; value?: unknown; asked?: string; due?: string }
    return answer.state === "known" ? linesOf(kind, path, node.of, answer.value, speak) : [speak.state(answer)]
  }
  if (node.is === "nullable") return value === null ? [speak.none] : linesOf(kind, path, node.of, value, speak)
  if (node.is === "list") {
    const list = value as unknown[]
    return list.length ? list.map((item) => sentence(kind, path, node.of, item, speak)) : [speak.none]
  }
  return [sentence(kind, path, node, value, speak)]
}

function sentence(kind: string, path: string, node: FieldNode, value: unknown, speak: Speak): string {
  switch (node.is) {
    case "answer":
    case "nullable":
    case "list":
      return linesOf(kind, path, node, value, speak).join(", ")
    case "group":
      return groupSentence(kind, node, value as Record<string, unknown>, speak)
    case "choice":
      return node.options.find((option) => option.code === value)?.label ?? String(value)
    case "boolean":
      return value ? speak.yes : speak.no
    case "day":
      return speak.day(String(value))
    case "country":
      return speak.country(String(value))
    case "ref":
      return speak.name(String(value))
    default:
      return String(value)
  }
}

/** A line's members in one sentence; days of a dated line stand at its end, unanswered members are left out. */
function groupSentence(
  kind: string,
  node: Extract<FieldNode, { is: "group" }>,
  value: Record<string, unknown>,
  speak: Speak,
): string {
  const parts = node.fields.flatMap((field) => {
    if (field.name === "firstOn" || field.name === "lastOn" || field.name === "sha256") return []
    const item = value[field.name]
    if (item === null || (Array.isArray(item) && item.length === 0)) return []
    if (typeof item === "object" && item !== null && "state" in item && item.state === "blank") return []
    const words = sentence(kind, field.name, field.node, item, speak)
    return words === ""
      ? []
      : [
          field.node.is === "choice" || field.node.is === "ref" || field.node.is === "country"
            ? words
            : `${labelOf(kind, field.name)}: ${words}`,
        ]
  })
  const first = value.firstOn
  const last = value.lastOn
  if (typeof first === "string" || typeof last === "string") {
    parts.push(
      `${typeof first === "string" ? speak.day(first) : speak.open} – ${typeof last === "string" ? speak.day(last) : speak.open}`,
    )
  }
  return parts.join(" · ")
}

/** The difference field by field; the same ones too, marked so. Null before: everything is new. */
export function difference(kind: RecordKind, before: unknown, after: unknown, speak: Speak): Differing[] {
  const left = before === null ? null : new Map(printed(kind, before, speak).map((item) => [item.path, item.lines]))
  return printed(kind, after, speak).map((item) => {
    const was = left?.get(item.path) ?? []
    const same =
      left !== null &&
      canonical((before as Record<string, unknown>)[item.path]) ===
        canonical((after as Record<string, unknown>)[item.path])
    const change = same
      ? "same"
      : left === null || was.join() === speak.none
        ? "added"
        : item.lines.join() === speak.none
          ? "removed"
          : "changed"
    return { path: item.path, label: item.label, before: was, after: item.lines, change }
  })
}

/** Whether the printed lines say anything: not a blank answer, not an empty list. */
export function says(lines: readonly string[], speak: Pick<Speak, "none" | "state">): boolean {
  return !(
    lines.length === 1 &&
    (lines[0] === speak.none || lines[0] === speak.state({ state: "blank" }) || lines[0] === "")
  )
}
