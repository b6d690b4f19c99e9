import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { StratumOf } from "@/domain/answers/drawn"
import { SEED_BYTES } from "@/domain/answers/sample"
import type { Instant } from "@/domain/core/instant"
import { inSpan } from "./lists"
import { coverageNow, coverageThen } from "./list-specs"

/** The population of a sample: the sharings in force at the instant that the reader may know of. */
export type Population = { by: StratumOf; at: Instant | null; on: string; reader: string }

/** The stratum of each row. A party that the reader may not know of has neither kind nor country for them. */
function stratumOf({ by, at, on, reader }: Population): SQL {
  const party = (column: SQL): SQL =>
    sql`coalesce((select ${column} from party_rows p where p.record_id = r.party_id and ${
      at === null
        ? sql`p.until_at = 'infinity'`
        : sql`p.from_at <= ${at}::timestamptz and p.until_at > ${at}::timestamptz`
    } and (p.restricted_to is null or ${reader} = any(p.restricted_to)) limit 1), '')`
  if (by === "entity") return sql`r.entity_id`
  if (by === "mode") return sql`r.mode`
  if (by === "standing") return sql`r.standing`
  if (by === "party-kind") return party(sql`array_to_string(p.kinds, '+')`)
  if (by === "country") return party(sql`p.country`)
  return at === null ? coverageNow(on) : coverageThen(on, at)
}

/** How large each stratum is, in the order of their names. */
export async function stratumSizes(tx: Db | Tx, of: Population, scope: SQL): Promise<Map<string, number>> {
  const found = await rows<{ stratum: string; n: number }>(
    tx,
    sql`select t.stratum, count(*) as n from (select ${stratumOf(of)} as stratum from sharing_rows r where ${inSpan(of.at)} and ${scope}) t
      group by 1 order by 1`,
  )
  return new Map(found.map(({ stratum, n }) => [stratum, n]))
}

export type DrawnRow = {
  id: string
  stratum: string
  rank: string
  title: string
  standing: string
  entityId: string
  partyId: string
}

/** HMAC-SHA-256 by its definition (RFC 2104): the database has SHA-256 and no key of its own. */
function ranked(seed: string): SQL {
  const key = Buffer.alloc(64)
  const bytes = Buffer.from(seed, "utf8")
  if (bytes.length > SEED_BYTES) throw new Error("the seed is too long")
  bytes.copy(key)
  const pad = (sign: number): SQL => sql`decode(${Buffer.from(key.map((byte) => byte ^ sign)).toString("hex")}, 'hex')`
  return sql`sha256(${pad(0x5c)} || sha256(${pad(0x36)} || convert_to(r.record_id, 'UTF8')))`
}

/** The statement of a sample; on its own so that a test can ask for its plan. */
export function drawStatement(of: Population & { seed: string }, given: ReadonlyMap<string, number>, scope: SQL): SQL {
  const shares = JSON.stringify([...given].map(([stratum, n]) => ({ stratum, n })))
  return sql`select t.record_id as id, t.stratum, encode(t.rank, 'hex') as rank, t.title, t.standing, t.entity_id as "entityId", t.party_id as "partyId"
    from (select p.*, row_number() over (partition by p.stratum order by p.rank, p.record_id) as place
      from (select r.record_id, r.title, r.standing, r.entity_id, r.party_id, ${stratumOf(of)} as stratum, ${ranked(of.seed)} as rank
        from sharing_rows r where ${inSpan(of.at)} and ${scope}) p) t
    join jsonb_to_recordset(${shares}::jsonb) as g(stratum text, n int) on g.stratum = t.stratum and t.place <= g.n
    order by t.stratum, t.place`
}

/** The sample: of each stratum as many as it is given, those with the lowest ranks. */
export async function drawSharings(
  tx: Db | Tx,
  of: Population & { seed: string },
  given: ReadonlyMap<string, number>,
  scope: SQL,
): Promise<DrawnRow[]> {
  return rows<DrawnRow>(tx, drawStatement(of, given, scope))
}
