/** What somebody may read, as it stood when a package was made for them, or as it stands. */
export type Reads = { entities: readonly string[] | null; partiesByEntity: boolean } & Record<string, unknown>

/**
 * Whether whoever reads this now may have what was made for them then: they read every company of then, and nothing else of it was
 * narrowed. What this rule does not know counts as narrowed as soon as it differs.
 */
export function stillReads(then: Reads, now: Reads): boolean {
  const { entities: before, partiesByEntity: wasBound, ...rest } = then
  const { entities: after, partiesByEntity: isBound, ...others } = now
  if (after !== null && (before === null || !before.every((id) => after.includes(id)))) return false
  if (isBound && !wasBound) return false
  const names = new Set([...Object.keys(rest), ...Object.keys(others)])
  return [...names].every((name) => JSON.stringify(rest[name]) === JSON.stringify(others[name]))
}
