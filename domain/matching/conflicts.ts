/** A file of a folder as far as it can stand in another's way. */
export type Placed = { line: number; to: string | null; requestId?: string | null }

/** For each line the other lines that go to the same agreement. What stands in a draft already is in nobody's way. */
export function inOnesWay(lines: readonly Placed[]): Map<number, number[]> {
  const at = new Map<string, number[]>()
  for (const { line, to, requestId } of lines) if (to !== null && !requestId) at.set(to, [...(at.get(to) ?? []), line])
  const out = new Map<number, number[]>()
  for (const there of at.values())
    if (there.length > 1)
      for (const line of there)
        out.set(
          line,
          there.filter((other) => other !== line),
        )
  return out
}

/** Whether a second agreement is nearly as likely as the first: one file for two. */
export function isTorn(candidates: readonly { score: number }[]): boolean {
  const [first, second] = candidates
  return first !== undefined && second !== undefined && first.score - second.score < 15
}
