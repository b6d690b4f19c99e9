import { sql } from "drizzle-orm"
import { z } from "zod"
import { findingCounts, findingsPage, type FoundRow } from "@/db/statements/findings"
import { dayIn } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { PACKS } from "@/domain/packs/all"
import { look } from "@/usecases/look"
import { inEntities, unrestricted, type Scope } from "@/usecases/scope"

const input = z.strictObject({
  severity: z.enum(["blocking", "warning", "advice"]).default("blocking"),
  clause: z.string().max(40).default(""),
  after: z.string().max(200).default(""),
  size: z.int().min(1).max(500).default(50),
})
type Input = z.output<typeof input>

export type FindingsPage = {
  findings: FoundRow[]
  next: string | null
  counts: { clause: string; severity: string; n: number; records: number }[]
  today: string
}

/** What is missing in the whole register today (UTC), by severity and clause; through the reader's scope. */
export const listFindings = look<Input, FindingsPage>({
  name: "findings.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const today = dayIn("UTC", scene.now)
    const [clause, recordId, seq] = asked.after.split("~")
    const after = clause && recordId ? { clause, recordId, seq: Number(seq) || 0 } : null
    const found = await findingsPage(
      tx,
      { severity: asked.severity, clause: asked.clause, on: today, after, limit: asked.size + 1 },
      within(scope),
    )
    const findings = found.slice(0, asked.size)
    const last = findings[findings.length - 1]
    return good<FindingsPage>({
      findings,
      next: found.length > asked.size && last ? `${last.clause}~${last.recordId}~${last.seq}` : null,
      counts: await findingCounts(tx, today, within(scope)),
      today,
    })
  },
})

function within(scope: Scope) {
  return (table: "s" | "a" | "p") => {
    const named = unrestricted(scope, sql.raw(`${table}.restricted_to`))
    if (table !== "p") return sql`${named} and ${inEntities(scope, sql.raw(`${table}.entity_id`))}`
    if (!scope.partiesByEntity) return named
    return sql`${named} and exists (select 1 from sharing_rows x where x.party_id = p.record_id and x.until_at = 'infinity'
      and ${inEntities(scope, sql`x.entity_id`)} and ${unrestricted(scope, sql`x.restricted_to`)})`
  }
}

export type ClauseLine = {
  pack: string
  version: string
  id: string
  title: string
  duty: string
  remedy: string
  severity: string
  bitesOn: string
  check: string | null
  effectiveFrom: string | null
  effectiveTo: string | null
}

/** Every clause of every published pack, as data. */
export const listClauses = look<object, ClauseLine[]>({
  name: "clauses.read",
  input: z.strictObject({}),
  run: async () =>
    good(
      PACKS.flatMap(({ pack, version, clauses }) =>
        clauses.map(({ id, title, duty, remedy, severity, bitesOn, check, effectiveFrom, effectiveTo }) => ({
          ...{ pack, version, id, title, duty, remedy, severity, bitesOn, check, effectiveFrom, effectiveTo },
        })),
      ),
    ),
})
