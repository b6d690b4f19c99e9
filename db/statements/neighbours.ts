import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/**
 * The records around parties and sharings that checks look at, by id: sharings and agreements of the parties,
 * assessments, chains, and the consents, notices and demands that the sharings refer to. As of an instant; null is now.
 * Each party and flow is looked up by itself (`offset 0` holds the planner to it): it takes parties for many more than there
 * are, and would read every agreement for each batch of flows.
 */
export async function neighbours(tx: Db | Tx, of: Middle, asOf: Instant | null): Promise<string[]> {
  return [...new Set((await nearParties(tx, of, asOf)).map(({ id }) => id))]
}

type Middle = { parties: readonly string[]; sharings: readonly string[]; allSharings: boolean }

/** A record near a party. `flow`: one of the sharings themselves, with their own party. */
export type Near = { id: string; partyId: string; flow: boolean }

/** The same, each beside the party that it was found near; what several share comes once for each of them. */
export async function nearParties(tx: Db | Tx, of: Middle, asOf: Instant | null): Promise<Near[]> {
  if (of.parties.length === 0 && of.sharings.length === 0) return []
  const at =
    asOf === null
      ? sql`r.until_at = 'infinity'`
      : sql`r.from_at <= ${asOf}::timestamptz and r.until_at > ${asOf}::timestamptz`
  const parties = sql`${textArray(of.parties)}::text[]`
  const sharings = sql`${textArray(of.sharings)}::text[]`
  return rows<Near>(
    tx,
    sql`with flows as (
        select r.record_id, r.n, r.party_id from sharing_rows r where ${at} and (
          ${of.allSharings ? sql`r.party_id = any(${parties}) or` : sql``} r.record_id = any(${sharings}))
      ), whom as (select unnest(${parties}) as party_id union select party_id from flows)
      select record_id as id, party_id as "partyId", true as flow from flows
      union select party_id, party_id, false from whom
      union select n.record_id, whom.party_id, false from whom cross join lateral (
        select r.record_id from agreement_rows r where ${at} and r.party_id = whom.party_id offset 0) n
      union select r.record_id, f.target_id, false from version_refs f join agreement_rows r using (record_id, n)
        where ${at} and f.target_id in (select party_id from whom) and f.path like 'furtherParties.%'
      union select n.record_id, whom.party_id, false from whom cross join lateral (
        select r.record_id from other_rows r where ${at} and r.record_kind = 'assessment' and r.party_id = whom.party_id offset 0) n
      union select n.record_id, flows.party_id, false from flows cross join lateral (
        select r.record_id from other_rows r where ${at} and r.record_kind = 'chain' and r.sharing_id = flows.record_id offset 0) n
      union select f.target_id, flows.party_id, false from version_refs f join flows using (record_id, n)`,
  )
}

/**
 * The sharings that refer to a record now, that an agreement covers now, or that flow to the party that an assessment is
 * about as a whole: what a change of it may touch. `parties`: of assessments that are only proposed.
 */
export async function touchedSharings(
  tx: Db | Tx,
  recordIds: readonly string[],
  parties: readonly string[] = [],
): Promise<string[]> {
  if (recordIds.length === 0 && parties.length === 0) return []
  const ids = sql`${textArray(recordIds)}::text[]`
  const of = { agreements: recordIds.some(isAgreement), others: recordIds.some(isOther) }
  // Only what can find anything is asked: planning a look at a table with an index for each sort takes longer than the look.
  const asked = [
    ...(recordIds.length > 0
      ? [
          sql`select r.record_id as id from sharing_rows r join version_refs f on f.record_id = r.record_id and f.n = r.n
            where r.until_at = 'infinity' and f.target_id = any(${ids})`,
        ]
      : []),
    ...(of.agreements
      ? [
          sql`select f.target_id as id from agreement_rows a join version_refs f on f.record_id = a.record_id and f.n = a.n
            where a.until_at = 'infinity' and a.record_id = any(${ids}) and f.target_id like 'shr\\_%'`,
        ]
      : []),
    ...(of.others
      ? [
          sql`select o.sharing_id as id from other_rows o where o.until_at = 'infinity' and o.record_id = any(${ids}) and o.sharing_id is not null`,
          sql`select r.record_id from other_rows o join sharing_rows r on r.party_id = o.party_id and r.until_at = 'infinity'
            where o.until_at = 'infinity' and o.record_id = any(${ids}) and o.record_kind = 'assessment' and o.sharing_id is null`,
        ]
      : []),
    ...(parties.length > 0
      ? [
          sql`select r.record_id as id from sharing_rows r where r.until_at = 'infinity' and r.party_id = any(${textArray(parties)}::text[])`,
        ]
      : []),
  ]
  return (await rows<{ id: string }>(tx, sql.join(asked, sql` union `))).map((item) => item.id)
}

const isAgreement = (id: string): boolean => id.startsWith("agr_")
const isOther = (id: string): boolean => !/^(pty|shr|agr)_/.test(id)
