import { sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import {
  deskCounts,
  deskFacets,
  deskPage,
  deskTotals,
  type DeskCount,
  type DeskName,
  type DeskQuery,
} from "@/db/statements/desk-lists"
import { listEntityIds } from "@/db/statements/entities"
import type { Tx } from "@/db/connect"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { RecordKind } from "@/domain/records/kinds"
import { loadEntities } from "@/usecases/register/records"
import { asOfInput } from "@/usecases/register/as-of"
import { readingInstant } from "@/usecases/look"
import { inCompanies, inEntities, unrestricted, type Scope } from "@/usecases/scope"

const words = z.record(z.string().max(40), z.array(z.string().max(100)).max(50)).default({})

/** The words of a list of the desk. Unknown facets are ignored, never an error. */
export const deskInput = z.strictObject({
  filters: words,
  excluded: words,
  after: z.string().max(400).default(""),
  size: z.union([z.literal(25), z.literal(50), z.literal(100), z.literal(200)]).default(50),
  asOf: asOfInput,
})
export type DeskInput = z.output<typeof deskInput>

/** What every line of the desk says: its record, its field, by when, who. */
export type DeskRow = {
  recordId: string
  path: string
  recordKind: RecordKind
  title: string
  entityId: string | null
  partyName: string | null
  dueOn: string | null
  sortOn: string
  today: string
  when: "no-day" | "overdue" | "next-30" | "next-90" | "later"
  /** Whom it was asked of, or who answers for it. */
  person: string | null
  erased: boolean
}

export type DeskPage<T extends DeskRow> = {
  rows: T[]
  next: string | null
  total: number
  overdue: number
  facets: Record<string, DeskCount[]>
  names: Record<string, string>
  asOf: Instant | null
}

/** A page of a list of the desk, through the reader's scope. */
export async function deskPageOf<T extends DeskRow>(
  tx: Tx,
  name: DeskName,
  input: DeskInput,
  on: { scope: Scope; now: Instant },
): Promise<DeskPage<T>> {
  const query = await deskQuery(tx, input, on)
  const facets: Record<string, DeskCount[]> = {}
  for (const facet of deskFacets(name)) facets[facet] = await deskCounts(tx, name, query, facet)
  const { n, overdue } = await deskTotals(tx, name, query)
  return { ...(await deskRowsOf<T>(tx, name, query)), ...{ total: n, overdue, facets, asOf: input.asOf } }
}

/** The lines of the page alone, without a count of them. */
export async function deskRowsOf<T extends DeskRow>(
  tx: Tx,
  name: DeskName,
  query: DeskQuery,
): Promise<Pick<DeskPage<T>, "rows" | "next" | "names">> {
  const found = await deskPage<T>(tx, name, query)
  const shown = found.slice(0, query.size)
  const last = shown[shown.length - 1]
  const entities = await loadEntities(tx, await listEntityIds(tx), query.asOf)
  return {
    rows: shown,
    next: found.length > query.size && last ? `${last.sortOn}~${last.recordId}~${last.path}` : null,
    names: Object.fromEntries([...entities].map(([id, entity]) => [id, entity.legalName])),
  }
}

/** The input with what the reader may see, and today where each company is. */
export async function deskQuery(
  tx: Tx,
  input: DeskInput,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<DeskQuery> {
  const asOf = await readingInstant(tx, input.asOf)
  const at = asOf ?? now
  const entities = await loadEntities(tx, await listEntityIds(tx), asOf)
  return {
    filters: input.filters,
    excluded: input.excluded,
    after: readCursor(input.after),
    size: input.size,
    asOf,
    todays: Object.fromEntries([...entities].map(([id, entity]) => [id, dayIn(entity.zone, at)])),
    today: dayIn("UTC", at),
    scope: (alias) => deskScope(scope, alias, asOf),
    named: (column) => unrestricted(scope, column),
  }
}

/** Parties have no company: whoever reads by companies sees those that these give data to. */
function deskScope(scope: Scope, alias: string, asOf: Instant | null): SQL {
  const column = (name: string): SQL => sql.raw(`${alias}.${name}`)
  const named = unrestricted(scope, column("restricted_to"))
  if (scope.entities === null) return named
  const span =
    asOf === null
      ? sql`s.until_at = 'infinity'`
      : sql`s.from_at <= ${asOf}::timestamptz and s.until_at > ${asOf}::timestamptz`
  const none = scope.partiesByEntity
    ? sql`exists (select 1 from sharing_rows s where s.party_id = ${column("party_id")} and ${span} and ${inEntities(scope, sql`s.entity_id`)})`
    : sql`true`
  return sql`${named} and (${inCompanies(scope, alias, asOf)} or (${column("entity_id")} is null and ${none}))`
}

function readCursor(text: string): DeskQuery["after"] {
  const [dueOn, recordId, path] = text.split("~")
  if (!dueOn || !recordId || !path || !/^(-?infinity|\d{4}-\d{2}-\d{2})$/.test(dueOn)) return null
  const kind = /^[a-z]{3}_[0-9a-z]{26}$/.test(recordId)
  return kind && path.length <= 200 ? { dueOn, recordId, path } : null
}
