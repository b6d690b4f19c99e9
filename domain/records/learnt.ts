import { canonical } from "@/domain/core/canonical"

/** A fact of a record, and the version in which it first stood, without a break since. `path`: `retention`, or `dataLines.2` for a line. */
export type Learnt = { path: string; version: number }

/**
 * Since which version each fact of the newest of these versions (oldest first) stands. A field that holds a list is told line by line, wherever in
 * it a line stood before; a line that says something else, if only its last day, is another fact. What says nothing is no fact.
 */
export function learntOf(versions: readonly { version: number; body: unknown }[]): Learnt[] {
  const newest = versions[versions.length - 1]
  if (!newest) return []
  const older = versions.slice(0, -1).reverse()
  const facts = factsOf(newest.body)
  const since = new Map(facts.map(({ key }) => [key, newest.version]))
  let unbroken = new Set(since.keys())
  for (const { version, body } of older) {
    const then = new Set(factsOf(body).map(({ key }) => key))
    unbroken = new Set([...unbroken].filter((key) => then.has(key)))
    if (unbroken.size === 0) break
    for (const key of unbroken) since.set(key, version)
  }
  return facts.map(({ path, key }) => ({ path, version: since.get(key) ?? newest.version }))
}

/** The facts of a body. `key`: the field and what it says, without the place in a list. */
function factsOf(body: unknown): { path: string; key: string }[] {
  return Object.entries(body as Record<string, unknown>).flatMap(([field, value]) => {
    const said = valueOf(value)
    if (said === null || said === "" || said === false) return []
    if (!Array.isArray(said)) return [{ path: field, key: `${field} ${canonical(value)}` }]
    return said.map((line, at) => ({ path: `${field}.${at}`, key: `${field}. ${canonical(line)}` }))
  })
}

/** What a field says: the value of an answer, null where nobody answered, itself where it is no answer. */
function valueOf(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value !== "object" || value === null || !("state" in value)) return value
  const { state, value: known } = value as { state: unknown; value?: unknown }
  if (state === "known") return known ?? null
  return state === "blank" ? null : value
}
