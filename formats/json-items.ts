import { unreadable, UnreadableError } from "./table"

/** The longest item of a list taken, in characters. */
const LONGEST_ITEM = 1024 * 1024

/** One item of a list with its place from 1; `value` undefined where it is no JSON. */
export type JsonItem = { place: number; value: unknown }

/**
 * The items of a JSON list, or of a file with one JSON value a line, one after the other, never the whole at once.
 * Throws where the list cannot be told apart any more.
 */
export async function* jsonItems(text: AsyncIterable<string>): AsyncIterable<JsonItem> {
  const pieces = text[Symbol.asyncIterator]()
  let head = ""
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    head += next.value
    if (head.trim() !== "") break
  }
  const rest = chained(head.trimStart(), pieces)
  yield* head.trimStart().startsWith("[") ? listed(rest) : lined(rest)
}

async function* chained(head: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  try {
    yield head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

async function* lined(text: AsyncIterable<string>): AsyncIterable<JsonItem> {
  let place = 0
  let open = ""
  const item = (line: string): JsonItem => {
    place += 1
    const value = parsed(line)
    // A first line that is no value of its own: one object over many lines, which is no list.
    if (place === 1 && value === undefined) throw new UnreadableError(unreadable("import.json-shape"))
    return { place, value }
  }
  for await (const piece of text) {
    const lines = (open + piece).split("\n")
    open = lines.pop() ?? ""
    for (const line of lines) {
      if (line.trim() === "") place += 1
      else yield item(line)
    }
    if (open.length > LONGEST_ITEM) throw broken(place + 1)
  }
  if (open.trim() !== "") yield item(open)
}

async function* listed(text: AsyncIterable<string>): AsyncIterable<JsonItem> {
  let place = 0
  let open = ""
  let depth = 0
  let quoted = false
  let escaped = false
  for await (const piece of text) {
    let start = 0
    for (let at = 0; at < piece.length; at += 1) {
      const sign = piece[at]
      if (quoted) {
        if (escaped) escaped = false
        else if (sign === "\\") escaped = true
        else if (sign === '"') quoted = false
        continue
      }
      if (sign === '"') quoted = true
      else if (sign === "[" || sign === "{") {
        depth += 1
        if (depth === 1) start = at + 1
      } else if (sign === "]" || sign === "}") depth -= 1
      if (depth > 1 || (depth === 1 && sign !== ",")) continue
      if (depth < 0 || (depth === 0 && sign?.trim() !== "" && sign !== "]")) throw broken(place + 1)
      if (depth === 0 && sign !== "]") continue
      const item = open + piece.slice(start, at)
      open = ""
      start = at + 1
      if (depth === 0 && item.trim() === "" && place === 0) continue
      place += 1
      yield { place, value: parsed(item) }
    }
    open += piece.slice(start)
    if (open.length > LONGEST_ITEM) throw broken(place + 1)
  }
  if (depth !== 0 || quoted) throw broken(place + 1)
}

function broken(row: number): UnreadableError {
  return new UnreadableError(unreadable("import.json-broken", { row }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
