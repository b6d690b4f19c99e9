import { sql, type SQL } from "drizzle-orm"
import { isOpenAt } from "./carried"

const UNDECIDED = (stage: "s" | "l"): SQL =>
  isOpenAt({
    ...{ request: sql`r.id`, revision: sql`r.revision` },
    ...{ stage: sql`${sql.raw(stage)}.stage`, entity: sql`${sql.raw(stage)}.entity_id` },
  })

/**
 * Stages of the revision that are open, as `s`: nobody decided them, no decision was kept for them, and their turn came
 * (the rule is in `domain/requests/waves`).
 */
export const OPEN = sql`from revision_stages s where s.request_id = r.id and s.n = r.revision and ${UNDECIDED("s")}
  and (s.seat = 'advises' or not exists (select 1 from revision_stages l where l.request_id = r.id and l.n = r.revision
    and (l.entity_id = s.entity_id and l.wave < s.wave or s.stage = 'second-legal' and l.stage = 'legal') and ${UNDECIDED("l")}))`
