import { ID_PREFIX } from "@/domain/core/id"
import type { BodyOf, RecordKind } from "./kinds"

/** One reference in a body: where it stands, and to which record. */
export type Reference = { path: string; kind: RecordKind | "entity"; id: string }

const KINDS = new Map<string, Reference["kind"]>(
  (
    ["entity", "party", "sharing", "agreement", "assessment", "consent", "notice", "demand", "chain", "pack"] as const
  ).map((kind) => [ID_PREFIX[kind], kind]),
)
const ID = /^([a-z]{3})_[0-9a-z]{26}$/

/** An id's letters: the prefix, a line and 26 more. Nearly every string of a body is told apart by it. */
const LENGTH = 30

/** Every record that a body refers to, wherever the reference stands, so that the database can hold it true. */
export function refsOf<K extends RecordKind>(_kind: K, body: BodyOf[K]): Reference[] {
  const found: Reference[] = []
  walk(body, [], found)
  return found
}

function walk(node: unknown, path: string[], found: Reference[]): void {
  if (typeof node === "string") {
    const kind = node.length === LENGTH ? KINDS.get(ID.exec(node)?.[1] ?? "") : undefined
    if (kind) found.push({ path: path.join("."), kind, id: node as string })
    return
  }
  if (node === null || typeof node !== "object") return
  // Bodies are plain objects and lists: walked without making the list of their keys, for every record is.
  for (const key in node) {
    const item = (node as Record<string, unknown>)[key]
    // Most leaves are words and numbers: they are not gone into.
    if (typeof item === "string" ? item.length !== LENGTH : typeof item !== "object" || item === null) continue
    path.push(key)
    walk(item, path, found)
    path.pop()
  }
}
