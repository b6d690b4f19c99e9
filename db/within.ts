import { sql } from "drizzle-orm"
import { row, type Tx } from "./connect"

const CANCELLED = "57014"

/**
 * What `work` gives, or null where one of its statements takes longer than `ms` milliseconds. Then the transaction goes
 * on as if it had not been asked: for what a page can do without.
 */
export async function within<T>(tx: Tx, ms: number, work: (point: Tx) => Promise<T>): Promise<T | null> {
  const before = (await row<{ was: string }>(tx, sql`select current_setting('statement_timeout') as was`))?.was ?? "0"
  try {
    return await tx.transaction(async (point) => {
      await point.execute(sql`select set_config('statement_timeout', ${String(ms)}, true)`)
      const made = await work(point)
      await point.execute(sql`select set_config('statement_timeout', ${before}, true)`)
      return made
    })
  } catch (problem) {
    const cause = problem instanceof Error && problem.cause ? problem.cause : problem
    if ((cause as { code?: string } | null)?.code === CANCELLED) return null
    throw problem
  }
}
