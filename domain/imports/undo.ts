/** A record that an import brought, with whether somebody changed it since. */
export type Brought = { id: string; changed: boolean }

/**
 * What undoing an import leaves standing: whatever somebody changed since, and whatever a record that stays names. Both
 * are for people to look at one by one; nothing may stay that names what was ended.
 */
export function leftStanding(
  brought: readonly Brought[],
  names: readonly { recordId: string; targetId: string }[],
): Set<string> {
  const all = new Set(brought.map((item) => item.id))
  const left = new Set<string>()
  const namedBy = new Map<string, string[]>()
  for (const { recordId, targetId } of names) namedBy.set(recordId, [...(namedBy.get(recordId) ?? []), targetId])
  const next = [
    ...brought.filter((item) => item.changed).map((item) => item.id),
    ...names.filter((item) => !all.has(item.recordId)).map((item) => item.targetId),
  ]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (left.has(id) || !all.has(id)) continue
    left.add(id)
    next.push(...(namedBy.get(id) ?? []))
  }
  return left
}
