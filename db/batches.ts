/** So many records go to the database in one statement; what is written for thousands never stands in memory twice. */
export const BATCH = 2000

/** The list in parts of at most `size`, in order; none for an empty list. */
export function batches<T>(list: readonly T[], size: number = BATCH): readonly (readonly T[])[] {
  if (list.length <= size) return list.length ? [list] : []
  return Array.from({ length: Math.ceil(list.length / size) }, (_part, i) => list.slice(i * size, (i + 1) * size))
}

/** Records in parts, each with the lines that are about them; lines about nobody in the list are left out. */
export function batchesOf<T>(
  recordIds: readonly string[],
  lines: readonly T[],
  idOf: (line: T) => string,
): readonly { recordIds: readonly string[]; lines: T[] }[] {
  const parts = batches(recordIds).map((ids) => ({ recordIds: ids, lines: [] as T[] }))
  const where = new Map(parts.flatMap((part) => part.recordIds.map((id) => [id, part])))
  for (const line of lines) where.get(idOf(line))?.lines.push(line)
  return parts
}
