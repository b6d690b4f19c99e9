/** One stretch in which the register said that something is lacking; `goneAt` null: it still says so. */
export type FoundSpan = {
  recordId: string
  clause: string
  severity: string
  says: string
  params: string
  fromAt: string
  goneAt: string | null
}

/** The same thing lacking of one record, told once: at how many places of it, and in which stretches of time. */
export type FoldedFinding = Omit<FoundSpan, "fromAt" | "goneAt"> & {
  n: number
  spans: { fromAt: string; goneAt: string | null }[]
}

/**
 * What was found of records, each sentence told once with all the times at which it stood: what stands (at the instant that the
 * spans were read as of) apart from what stood before. Several places of a record that lack the same are counted.
 */
export function foldFindings(list: readonly FoundSpan[]): { standing: FoldedFinding[]; past: FoldedFinding[] } {
  const groups = new Map<string, FoundSpan[]>()
  for (const one of list) {
    const key = JSON.stringify([one.recordId, one.clause, one.says, one.params])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const folded = [...groups.values()].map((all): FoldedFinding => {
    const [{ recordId, clause, severity, says, params }] = all as [FoundSpan, ...FoundSpan[]]
    const standing = all.filter((one) => one.goneAt === null).length
    return { recordId, clause, severity, says, params, n: Math.max(1, standing), spans: joined(all) }
  })
  const stands = (one: FoldedFinding): boolean => one.spans.some((span) => span.goneAt === null)
  return { standing: folded.filter(stands), past: folded.filter((one) => !stands(one)) }
}

/** Stretches that touch or overlap are one: a finding that was worked out anew and said the same never went. */
function joined(all: readonly FoundSpan[]): FoldedFinding["spans"] {
  const out: FoldedFinding["spans"] = []
  for (const { fromAt, goneAt } of [...all].sort((a, b) => (a.fromAt < b.fromAt ? -1 : 1))) {
    const last = out[out.length - 1]
    if (last && (last.goneAt === null || fromAt <= last.goneAt)) {
      if (last.goneAt !== null && (goneAt === null || goneAt > last.goneAt)) last.goneAt = goneAt
    } else out.push({ fromAt, goneAt })
  }
  return out
}
