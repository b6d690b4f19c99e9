/** JSON with the line on which each place begins, so that a refusal can name it. */
export type ReadJson = { ok: true; value: unknown; lineOf: (path: string) => number } | { ok: false; line: number }

/** Reads JSON and notes where each member stands; what is no JSON is refused at its line. */
export function readJson(text: string): ReadJson {
  let value: unknown
  try {
    value = JSON.parse(text) as unknown
  } catch {
    return { ok: false, line: lineAt(text, firstFault(text)) }
  }
  const lines = new Map<string, number>()
  placesOf(text, lines)
  const lineOf = (path: string): number => {
    for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
      const line = lines.get(at)
      if (line !== undefined) return line
    }
    return 1
  }
  return { ok: true, value, lineOf }
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = 0; i < offset; i += 1) if (text.charCodeAt(i) === 10) line += 1
  return line
}

const TOKEN = /"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]|\s+/y

/** Where the text stops being JSON: after the last sign that could still begin some. */
function firstFault(text: string): number {
  const open: string[] = []
  let before = ""
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return at
    if (token.trim() !== "") {
      if (!mayFollow(before, token, open)) return at
      before = token
    }
    at += token.length
  }
  return text.length
}

/** A rough grammar: what may stand beside what. Enough to name the line. */
function mayFollow(before: string, token: string, open: string[]): boolean {
  const value = before === "" || before === "[" || before === ":" || before === "," || before === "{"
  if (token === "{" || token === "[") {
    open.push(token)
    return value
  }
  if (token === "}" || token === "]")
    return open.pop() === (token === "}" ? "{" : "[") && before !== "," && before !== ":"
  if (token === ":") return before.startsWith('"')
  if (token === ",") return open.length > 0 && !["", "[", "{", ",", ":"].includes(before)
  return value && (before !== "{" || token.startsWith('"'))
}

type Level = { path: string; list: boolean; index: number; key: string | null }

/** The text is JSON: one pass over its tokens, with the path that is being read. */
function placesOf(text: string, lines: Map<string, number>): void {
  const levels: Level[] = []
  let line = 1
  const pathHere = (): string => {
    const level = levels[levels.length - 1]
    if (!level) return ""
    const name = level.list ? String(level.index) : (level.key ?? "")
    return level.path === "" ? name : `${level.path}.${name}`
  }
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(text)?.[0]; token !== undefined; token = TOKEN.exec(text)?.[0]) {
    const level = levels[levels.length - 1]
    if (token === "{" || token === "[") {
      const path = pathHere()
      if (path !== "" && !lines.has(path)) lines.set(path, line)
      levels.push({ path, list: token === "[", index: 0, key: null })
    } else if (token === "}" || token === "]") levels.pop()
    else if (token === "," && level) {
      if (level.list) level.index += 1
      else level.key = null
    } else if (level && !level.list && level.key === null && token.startsWith('"')) {
      level.key = JSON.parse(token) as string
      lines.set(pathHere(), line)
    } else if (token !== ":" && token.trim() !== "" && level?.list) lines.set(pathHere(), line)
    line += token.split("\n").length - 1
  }
}
