import { sql, type SQL } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { VersionRow } from "@/db/statements/versions"
import { choosesFlows } from "@/domain/exports/scope"
import type { RecordKind } from "@/domain/records/kinds"
import { inEntities, unrestricted } from "@/usecases/scope"
import type { PackageContext } from "./context"

/**
 * Of these versions of one kind, those that belong to what whoever takes the package chose: flows by what they are, all else by the flows
 * that it belongs to. Our own texts belong to no flow: by them everything is judged.
 */
export async function belonging(
  on: PackageContext,
  kind: RecordKind | "entity",
  found: readonly VersionRow[],
): Promise<readonly VersionRow[]> {
  const { wants } = on
  if (found.length === 0 || kind === "pack" || (wants.entities === null && !choosesFlows(wants))) return found
  const want = JSON.stringify(found.map(({ recordId, n }) => ({ id: recordId, n })))
  const inside = await rows<{ id: string }>(
    on.tx,
    sql`select want.id from jsonb_to_recordset(${want}::jsonb) as want(id text, n int) where ${(DIRECT[kind] ?? around)(on)}`,
  )
  const ids = new Set(inside.map((row) => row.id))
  return found.filter((version) => ids.has(version.recordId))
}

const DIRECT: Partial<Record<RecordKind | "entity", (on: PackageContext) => SQL>> = {
  sharing: (on) =>
    sql`exists (select 1 from sharing_rows s where s.record_id = want.id and s.n = want.n and ${chosen(on)})`,
  party: (on) => sql`(want.id = any(${textArray(on.wants.parties ?? [])}::text[])
    or exists (select 1 from sharing_rows s where s.party_id = want.id and ${chosen(on)})
    ${
      // The paper of a company with somebody to whom nothing flows yet names them.
      choosesFlows(on.wants)
        ? sql``
        : sql`or exists (select 1 from agreement_rows a where a.party_id = want.id and a.from_at <= ${on.asOf}::timestamptz
          and a.until_at > ${on.asOf}::timestamptz and a.entity_id = any(${textArray(on.wants.entities ?? [])}::text[]) and ${unrestricted(on.scope, sql`a.restricted_to`)})`
    })`,
  entity: (on) =>
    on.wants.entities
      ? sql`want.id = any(${textArray(on.wants.entities)}::text[])`
      : sql`exists (select 1 from sharing_rows s where s.entity_id = want.id and ${chosen(on)})`,
}

/** What names a flow that is in, or is named by one; and what names a party and no flow, where one to that party is in. */
function around(on: PackageContext): SQL {
  const mine = sql`f.record_id = want.id and f.n = want.n`
  const its = (prefix: string): SQL =>
    sql`exists (select 1 from version_refs e where e.record_id = want.id and e.n = want.n and e.target_id like ${`${prefix}\\_%`})`
  const ofCompanies = choosesFlows(on.wants)
    ? sql`false`
    : sql`exists (select 1 from version_refs f where ${mine} and f.target_id = any(${textArray(on.wants.entities ?? [])}::text[]))`
  return sql`(${ofCompanies}
    or exists (select 1 from version_refs f join sharing_rows s on s.record_id = f.target_id where ${mine} and ${chosen(on)})
    or exists (select 1 from version_refs f join sharing_rows s on s.record_id = f.record_id and s.n = f.n where f.target_id = want.id and ${chosen(on)})
    or (not ${its("shr")} and exists (select 1 from version_refs f join sharing_rows s on s.party_id = f.target_id where ${mine} and ${chosen(on)}
      and (not ${its("ent")} or exists (select 1 from version_refs e where e.record_id = want.id and e.n = want.n and e.target_id = s.entity_id)))))`
}

/** The flow `s` was in force at the instant, may be read, and is one of those chosen. What has no day runs on that side for good. */
function chosen({ wants, scope, asOf }: PackageContext): SQL {
  const list = (column: SQL, values: readonly string[] | null): SQL[] =>
    values === null ? [] : [sql`${column} = any(${textArray(values)}::text[])`]
  return sql.join(
    [
      sql`s.from_at <= ${asOf}::timestamptz and s.until_at > ${asOf}::timestamptz`,
      inEntities(scope, sql`s.entity_id`),
      unrestricted(scope, sql`s.restricted_to`),
      ...list(sql`s.entity_id`, wants.entities),
      ...list(sql`s.party_id`, wants.parties),
      ...list(sql`s.mode`, wants.modes),
      ...(wants.countries === null ? [] : [sql`s.countries && ${textArray(wants.countries)}::text[]`]),
      ...(wants.from === null ? [] : [sql`(s.ends_on is null or s.ends_on >= ${wants.from}::date)`]),
      ...(wants.until === null ? [] : [sql`(s.starts_on is null or s.starts_on <= ${wants.until}::date)`]),
    ],
    sql` and `,
  )
}
