import type { Json } from "@/domain/core/canonical"

/** One member of what an entry says was before and is after. `committed`: words that stand in the log by their commitment alone. */
export type Member = { path: string; before: Said; after: Said }
type Said = { text: string } | { committed: string } | null

const MOST = 200

/** What differs between the two sides that an entry carries, member by member, in the order of their names; at most two hundred. */
export function memberDifference(before: Json | undefined, after: Json | undefined): Member[] {
  const [was, is] = [flat(before), flat(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    .slice(0, MOST)
}

function flat(value: Json | undefined, path = "", into = new Map<string, Said>()): Map<string, Said> {
  if (value === undefined || value === null) return into
  if (typeof value !== "object") return into.set(path, { text: String(value) })
  const under = (name: string): string => (path === "" ? name : `${path}.${name}`)
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object" || one === null))
      return value.length ? into.set(path, { text: value.map(String).join(", ") }) : into
    value.forEach((one, n) => flat(one, under(String(n + 1)), into))
    return into
  }
  const { $c: committed } = value
  if (typeof committed === "string") return into.set(path, { committed })
  for (const [name, one] of Object.entries(value)) flat(one, under(name), into)
  return into
}
