/** One proposal of a request, with the records that its body names. */
export type Standing = { recordId: string; op: "create" | "change" | "end"; refs: readonly string[] }

/**
 * What leaves a request when some of its records are sent back: those chosen, and whatever would stand on nothing
 * without them. What names a new record goes where that record goes; the end of a record goes with the end of what
 * names it. Gives ids in the order of the request; ids that it does not hold are left out.
 */
export function leavingWith(all: readonly Standing[], chosen: ReadonlySet<string>): string[] {
  const held = new Map(all.map((item) => [item.recordId, item]))
  const leans = new Map<string, string[]>()
  const lean = (on: string, who: string): void => void leans.set(on, [...(leans.get(on) ?? []), who])
  for (const item of all)
    for (const ref of item.refs) {
      const other = held.get(ref)
      if (!other || other === item) continue
      if (other.op === "create") lean(ref, item.recordId)
      if (other.op === "end" && item.op === "end") lean(item.recordId, ref)
    }
  const leaving = new Set<string>()
  const next = [...chosen].filter((id) => held.has(id))
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (leaving.has(id)) continue
    leaving.add(id)
    next.push(...(leans.get(id) ?? []))
  }
  return all.filter((item) => leaving.has(item.recordId)).map((item) => item.recordId)
}
