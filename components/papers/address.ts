/** Where the clauses of a paper in a draft are marked: at a file, a page and a clause. */
export function clausesAddress(requestId: unknown, recordId: unknown, at: At = {}): string {
  return `/requests/${encodeURIComponent(String(requestId))}/clauses/${encodeURIComponent(String(recordId))}${asked(at)}`
}

/** Where an agreement in force is read: at a file, a page and a clause. */
export function paperAddress(recordId: unknown, at: At = {}): string {
  return `/agreements/${encodeURIComponent(String(recordId))}/paper${asked(at)}`
}

type At = Record<string, unknown>

function asked(at: At): string {
  const asked = new URLSearchParams()
  for (const [name, key] of [
    ["file", "fileId"],
    ["page", "page"],
    ["clause", "item"],
    ["q", "words"],
    ["done", "done"],
  ] as const) {
    const value = at[key]
    if ((typeof value === "string" && value !== "") || typeof value === "number") asked.set(name, String(value))
  }
  return asked.size ? `?${asked}` : ""
}
