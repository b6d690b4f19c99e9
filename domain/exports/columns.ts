import { FIELDS, type FieldNode } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"

/** How the states of an answer that have no value read in a table; blank is an empty cell. */
export const STATE_WORDS = { unknown: "not known yet", "not-applicable": "does not apply", blank: "" } as const

/** What a list says that was answered, or restricted, with nothing in it. */
export const NONE = "(none)"

/** What the column of a group says whose question was answered; its members stand in columns of their own. */
export const GIVEN = "given"

const OWN_WORDS: readonly string[] = [...Object.values(STATE_WORDS), NONE]

/** Between the items of a list, and between those of a list that lies within an item. */
const BETWEEN = ["; ", " | "] as const

/**
 * The columns of a kind, named by their path. They follow from the tree of its schema: a group gives a column for each
 * member; a list of groups one with how many there are and one for each member, its items in step; an answered group
 * one that says whether it was given.
 */
export function columnsOf(kind: RecordKind | "entity"): string[] {
  return FIELDS[kind].fields.flatMap((field) => namesOf(field.node, field.name))
}

/** The cells of a body under `columnsOf`. They are raw text: the writer of the file defends them. */
export function cellsOf(kind: RecordKind | "entity", body: unknown): string[] {
  return FIELDS[kind].fields.flatMap((field) => flat(field.node, (body as Record<string, unknown>)[field.name], PLAIN))
}

/** Where a value stands: in how many lists, and whether empty has a meaning of its own there. */
type Place = { lists: number; stated: boolean }
const PLAIN: Place = { lists: 0, stated: false }

function namesOf(node: FieldNode, path: string): string[] {
  switch (node.is) {
    case "nullable":
      return namesOf(node.of, path)
    case "answer":
      return node.of.is === "group" ? [path, ...namesOf(node.of, path)] : namesOf(node.of, path)
    case "list":
      return node.of.is === "group" ? [path, ...namesOf(node.of, path)] : [path]
    case "group":
      return node.fields.flatMap((field) => namesOf(field.node, `${path}.${field.name}`))
    default:
      return [path]
  }
}

function flat(node: FieldNode, value: unknown, place: Place): string[] {
  switch (node.is) {
    case "nullable":
      return value === null ? everywhere(node.of, "") : flat(node.of, value, { ...place, stated: true })
    case "answer":
      return answered(node.of, value as { state: "known"; value: unknown } | { state: keyof typeof STATE_WORDS }, place)
    case "list":
      return listed(node.of, value as readonly unknown[], place)
    case "group":
      return node.fields.flatMap((field) =>
        flat(field.node, (value as Record<string, unknown>)[field.name], { ...place, stated: false }),
      )
    case "boolean":
      return [value === true ? "yes" : "no"]
    case "text":
      return [quoted(String(value), place)]
    default:
      return [String(value)]
  }
}

function answered(
  of: FieldNode,
  answer: { state: "known"; value: unknown } | { state: keyof typeof STATE_WORDS },
  place: Place,
): string[] {
  const head = of.is === "group"
  if (answer.state !== "known") {
    const word = STATE_WORDS[answer.state]
    return head ? [word, ...everywhere(of, word)] : everywhere(of, word)
  }
  const cells = flat(of, answer.value, { ...place, stated: true })
  return head ? [GIVEN, ...cells] : cells
}

function listed(of: FieldNode, items: readonly unknown[], place: Place): string[] {
  const within = { lists: place.lists + 1, stated: false }
  const between = BETWEEN[place.lists] ?? BETWEEN[1]
  const rows = items.map((item) => flat(of, item, within))
  if (of.is === "group")
    return [
      String(items.length),
      ...everywhere(of, "").map((_, at) => rows.map((cells) => cells[at] ?? "").join(between)),
    ]
  if (items.length === 0) return [place.stated ? NONE : ""]
  return [rows.flat().join(between)]
}

const names = new WeakMap<FieldNode, string[]>()

function everywhere(node: FieldNode, word: string): string[] {
  const known = names.get(node) ?? namesOf(node, "")
  names.set(node, known)
  return known.map(() => word)
}

/**
 * Text in double quotes (doubled inside) where it would otherwise read as something else: as a state's words, as the
 * end of an item, as quoted text. So `not known yet` in a cell is a state, and `"not known yet"` is what was typed.
 */
function quoted(text: string, { lists, stated }: Place): string {
  const unclear =
    text.startsWith('"') ||
    (text === "" ? stated : OWN_WORDS.includes(text)) ||
    (lists > 0 && /[;|]/.test(text)) ||
    (lists > 0 && text !== text.trim())
  return unclear ? `"${text.replace(/"/g, '""')}"` : text
}
