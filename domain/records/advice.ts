type FileLine = { fileId: string }
type Pointer = { fileId: string | null }

/** The line of a file, or words that stand in one: whoever may not have the file does not have them either. */
const isOfFile = (node: unknown): node is FileLine =>
  typeof node === "object" && node !== null && "fileId" in node && ("sha256" in node || "quote" in node)

/** The ids of all files that a body holds or points to. */
export function fileIdsOf(body: unknown): string[] {
  const found = new Set<string>()
  walk(body, (node) => {
    if (typeof node.fileId === "string") found.add(node.fileId)
  })
  return [...found]
}

function walk(node: unknown, see: (node: Record<string, unknown>) => void): void {
  if (typeof node !== "object" || node === null) return
  if (!Array.isArray(node)) see(node as Record<string, unknown>)
  for (const item of Object.values(node)) walk(item, see)
}

/** The body without these files: neither their lines nor what points to their pages. The body itself where it holds none. */
export function withoutFiles<T>(body: T, withheld: ReadonlySet<string>): T {
  return withheld.size > 0 && fileIdsOf(body).some((id) => withheld.has(id)) ? (taken(body, withheld) as T) : body
}

function taken(node: unknown, withheld: ReadonlySet<string>): unknown {
  if (typeof node !== "object" || node === null) return node
  if (Array.isArray(node))
    return node.filter((item) => !isOfFile(item) || !withheld.has(item.fileId)).map((item) => taken(item, withheld))
  return Object.fromEntries(
    Object.entries(node).map(([key, item]) => [
      key,
      key === "fileId" && typeof item === "string" && withheld.has(item) ? null : taken(item, withheld),
    ]),
  )
}

/**
 * What somebody typed who may not see these files of the record, with the files as they were: nobody takes away what is
 * not shown to them. Pointers of checklist lines come back where the line points nowhere.
 */
export function withFilesKept<T>(typed: T, before: unknown, withheld: ReadonlySet<string>): T {
  const mine = typed as { files?: FileLine[]; checklist?: (Pointer & { item: string })[]; marks?: Pointer[] }
  const was = before as typeof mine
  if (withheld.size === 0 || !Array.isArray(mine.files) || !Array.isArray(was?.files)) return typed
  const lost = was.files.filter(
    (file) => withheld.has(file.fileId) && !mine.files?.some((one) => one.fileId === file.fileId),
  )
  const pointed = new Map(
    (was.checklist ?? []).flatMap((line) =>
      line.fileId && withheld.has(line.fileId) ? [[line.item, line.fileId]] : [],
    ),
  )
  return {
    ...typed,
    files: [...mine.files, ...lost],
    ...(mine.checklist
      ? {
          checklist: mine.checklist.map((line) => ({ ...line, fileId: line.fileId ?? pointed.get(line.item) ?? null })),
        }
      : {}),
    ...(mine.marks
      ? {
          marks: [
            ...mine.marks.filter((mark) => mark.fileId !== null),
            ...(was.marks ?? []).filter((mark) => mark.fileId !== null && withheld.has(mark.fileId)),
          ],
        }
      : {}),
  }
}
