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

/** Every record that a body refers to, wherever the reference stands, so that the database can hold it true. */
export function refsOf<K extends RecordKind>(_kind: K, body: BodyOf[K]): Reference[] {
  const found: Reference[] = []
  walk(body, "", found)
  return found
}

function walk(node: unknown, path: string, found: Reference[]): void {
  if (typeof node === "string") {
    const kind = KINDS.get(ID.exec(node)?.[1] ?? "")
    if (kind) found.push({ path, kind, id: node })
    return
  }
  if (node === null || typeof node !== "object") return
  for (const [key, item] of Object.entries(node)) walk(item, path ? `${path}.${key}` : key, found)
}
