import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { LIKELY_ROWS } from "@/domain/intake/likely-rows"
import { BEGINNINGS, type Beginning } from "@/domain/intake/question"
import { stagesOfRows } from "@/domain/requests/stages"
import type { Entity } from "@/domain/records/evidence"
import { expectedOfEach, type Expected } from "@/usecases/requests/expected"
import { rulesInForce } from "@/usecases/requests/rules-in-force"

/**
 * When a request of each beginning, submitted today in this company, is likely to be decided, by the register's own figures of
 * the last year: one reading for all of them. A beginning that has too few decided cases, or that waits for nobody, is not there.
 */
export async function expectedOfBeginnings(
  tx: Tx,
  company: { id: string; entity: Entity },
  now: Instant,
): Promise<Partial<Record<Beginning, Expected>>> {
  const { rules } = await rulesInForce(tx, null)
  const sets = Object.fromEntries(
    BEGINNINGS.map((beginning) => {
      const rows = LIKELY_ROWS[beginning]
      return [beginning, rows ? stagesOfRows(new Set(rows), company.id, company.entity, rules) : []]
    }),
  ) as Record<Beginning, ReturnType<typeof stagesOfRows>>
  return expectedOfEach(tx, sets, now)
}
