/** What stands in place of the id of a record that the reader may not know of, on screen, in JSON and in packages. */
export const WITHHELD = "withheld"

/** A body without the ids of these records, and in how many places the word stands instead. The body itself where in none. */
export function withoutIds<T>(body: T, hidden: ReadonlySet<string>): { body: T; places: number } {
  // Most bodies name none of them, and to look costs far less than to make them anew.
  if (hidden.size === 0 || !holdsAny(body, hidden)) return { body, places: 0 }
  let places = 0
  const left = mapped(body, "", (text) => {
    if (!hidden.has(text)) return text
    places += 1
    return WITHHELD
  })
  return { body: left as T, places }
}

function holdsAny(node: unknown, texts: ReadonlySet<string>): boolean {
  if (typeof node === "string") return texts.has(node)
  if (typeof node !== "object" || node === null) return false
  for (const item of Object.values(node)) if (holdsAny(item, texts)) return true
  return false
}

/**
 * What somebody typed who may not know of these records, with their ids back: nobody changes what is not shown to them.
 * The word comes back as the ids that stood in the same place, in their order; null where there are more or fewer, or
 * where lines changed places, so that nobody can tell which id is whose.
 */
export function withIdsKept<T>(typed: T, before: unknown, hidden: ReadonlySet<string>): T | null {
  if (hidden.size === 0) return typed
  const waiting = new Map<string, string[]>()
  mapped(before, "", (text, path) => {
    if (hidden.has(text)) waiting.set(path, [...(waiting.get(path) ?? []), text])
    return text
  })
  if (waiting.size === 0) return typed
  const shown = linesOf(withoutIds(before, hidden).body)
  for (const [path, lines] of linesOf(typed)) if (moved(shown.get(path) ?? [], lines)) return null
  let missing = false
  const kept = mapped(typed, "", (text, path) => {
    if (text !== WITHHELD || !waiting.has(path)) return text
    const id = waiting.get(path)?.shift()
    missing ||= id === undefined
    return id ?? text
  })
  return missing || [...waiting.values()].some((left) => left.length > 0) ? null : (kept as T)
}

/** The lines of each list that hold the word beside something else, as texts, by the list's place. */
function linesOf(node: unknown, path = "", found = new Map<string, string[]>()): Map<string, string[]> {
  if (typeof node !== "object" || node === null) return found
  for (const [key, item] of Object.entries(node)) {
    const place = `${path}.${Array.isArray(node) ? "*" : key}`
    if (Array.isArray(node) && typeof item === "object") {
      const text = JSON.stringify(item, inOrder)
      if (text.includes(`"${WITHHELD}"`)) found.set(place, [...(found.get(place) ?? []), text])
    }
    linesOf(item, place, found)
  }
  return found
}

/** What was typed is of no known shape yet: whatever it holds is written, with its keys in one order. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether a line stands where another stood that is there as well. */
function moved(before: readonly string[], after: readonly string[]): boolean {
  return after.some((line, i) => line !== before[i] && before[i] !== undefined && before.includes(line))
}

/** The body with each of its texts changed; the lines of a list are one place, `*`. */
function mapped(node: unknown, path: string, change: (text: string, path: string) => string): unknown {
  if (typeof node === "string") return change(node, path)
  if (typeof node !== "object" || node === null) return node
  if (Array.isArray(node)) return node.map((item) => mapped(item, `${path}.*`, change))
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, mapped(item, `${path}.${key}`, change)]))
}
