/** What a file system and PostgreSQL say when there is no room left, or none for us. */
const FULL = new Set(["ENOSPC", "EDQUOT", "53100"])

/** Whether something failed because there is no room left on the disk, ours or the database's. */
export function isFull(problem: unknown): boolean {
  for (let one: unknown = problem, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1)
    if (FULL.has(String((one as { code?: unknown }).code))) return true
  return false
}
