import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Delegable, Delegated } from "@/domain/people/stand-in"

export type AbsenceRow = {
  absenceId: string
  n: number
  personId: string
  fromOn: Day
  toOn: Day | null
  zone: string
  fromAt: Instant
  untilAt: Instant | null
  state: "set" | "ended"
}

export type DelegationRow = {
  delegationId: string
  n: number
  absenceId: string
  personId: string
  delegateId: string
  role: Delegable
  entityId: string | null
  fromAt: Instant
  untilAt: Instant
  state: "given" | "ended"
}

type Mark = { at: Instant; byPerson: string; logIndex: number }

const ABSENCE = sql`a.absence_id as "absenceId", a.n, a.person_id as "personId", a.from_on as "fromOn", a.to_on as "toOn", a.zone,
  a.from_at as "fromAt", a.until_at as "untilAt", a.state`
const DELEGATION = sql`d.delegation_id as "delegationId", d.n, d.absence_id as "absenceId", d.person_id as "personId", d.delegate_id as "delegateId",
  d.role, d.entity_id as "entityId", d.from_at as "fromAt", d.until_at as "untilAt", d.state`

/** The last version of each absence that the register had at the instant, as `a`. */
const absencesThen = (at: Instant, which: SQL): SQL => sql`(select distinct on (a.absence_id) a.* from absences a
  where a.at <= ${at}::timestamptz and ${which} order by a.absence_id, a.n desc) a`
const delegationsThen = (
  at: Instant,
  which: SQL,
): SQL => sql`(select distinct on (d.delegation_id) d.* from delegations d
  where d.at <= ${at}::timestamptz and ${which} order by d.delegation_id, d.n desc) d`

/** Writes a version of an absence at the act's instant. */
export async function insertAbsence(tx: Tx, what: AbsenceRow & Mark): Promise<void> {
  await tx.execute(sql`insert into absences (absence_id, n, person_id, from_on, to_on, zone, from_at, until_at, state, at, by_person, log_index)
    values (${what.absenceId}, ${what.n}, ${what.personId}, ${what.fromOn}, ${what.toOn}, ${what.zone}, ${what.fromAt}::timestamptz,
      ${what.untilAt}::timestamptz, ${what.state}, ${what.at}::timestamptz, ${what.byPerson}, ${what.logIndex})`)
}

/** Writes versions of delegations at the act's instant, set-based. */
export async function insertDelegations(tx: Tx, list: readonly DelegationRow[], mark: Mark): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`insert into delegations (delegation_id, n, absence_id, person_id, delegate_id, role, entity_id, from_at, until_at, state, at, by_person, log_index)
    select t."delegationId", t.n, t."absenceId", t."personId", t."delegateId", t.role, t."entityId", t."fromAt", t."untilAt", t.state,
      ${mark.at}::timestamptz, ${mark.byPerson}, ${mark.logIndex}
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t("delegationId" text, n int, "absenceId" text, "personId" text, "delegateId" text,
      role text, "entityId" text, "fromAt" timestamptz, "untilAt" timestamptz, state text)`)
}

/** A person's absences that are set and not over, the next first. */
export async function absencesOf(tx: Db | Tx, personId: string, at: Instant): Promise<AbsenceRow[]> {
  return rows(
    tx,
    sql`select ${ABSENCE} from ${absencesThen(at, sql`a.person_id = ${personId}`)}
      where a.state = 'set' and (a.until_at is null or a.until_at > ${at}::timestamptz) order by a.from_at limit 100`,
  )
}

/** The last version of one absence. */
export async function lastAbsence(tx: Db | Tx, absenceId: string): Promise<AbsenceRow | null> {
  return row(tx, sql`select ${ABSENCE} from absences a where a.absence_id = ${absenceId} order by a.n desc limit 1`)
}

/** The last version of each delegation of an absence. */
export async function delegationsOf(tx: Db | Tx, absenceIds: readonly string[]): Promise<DelegationRow[]> {
  return rows(
    tx,
    sql`select distinct on (d.delegation_id) ${DELEGATION} from delegations d
      where d.absence_id = any(${sql.param(absenceIds as unknown as string)}::text[]) order by d.delegation_id, d.n desc`,
  )
}

/** The delegations in effect at the instant, as the register had them then: to one person, or all. */
export async function delegationsAt(
  tx: Db | Tx,
  at: Instant,
  toPerson: string | null,
): Promise<(Delegated & { delegateId: string })[]> {
  const which = toPerson === null ? sql`true` : sql`d.delegate_id = ${toPerson}`
  return rows(
    tx,
    sql`select d.delegation_id as "delegationId", d.person_id as "fromPerson", d.delegate_id as "delegateId", d.role, d.entity_id as "entityId"
      from ${delegationsThen(at, which)} where d.state = 'given' and d.from_at <= ${at}::timestamptz and d.until_at > ${at}::timestamptz
      order by d.from_at, d.delegation_id`,
  )
}

export type AwayRow = AbsenceRow & {
  name: string
  delegates: { delegationId: string; name: string; role: Delegable; entityId: string | null }[]
}

/** Who was away at the instant or was going to be, and who stands in, as the register had it then. */
export async function awayAsOf(tx: Db | Tx, at: Instant): Promise<AwayRow[]> {
  return rows(
    tx,
    sql`select ${ABSENCE}, p.name, coalesce((select jsonb_agg(jsonb_build_object('delegationId', d.delegation_id, 'name', q.name, 'role', d.role, 'entityId', d.entity_id)
          order by d.role, d.entity_id) from ${delegationsThen(at, sql`true`)} join people q on q.id = d.delegate_id
          where d.absence_id = a.absence_id and d.state = 'given'), '[]'::jsonb) as delegates
      from ${absencesThen(at, sql`true`)} join people p on p.id = a.person_id
      where a.state = 'set' and (a.until_at is null or a.until_at > ${at}::timestamptz) order by a.from_at, p.name limit 500`,
  )
}

export type StandingIn = { forName: string; role: Delegable; entityId: string | null; fromOn: Day; toOn: Day }

/** For whom this person stands in or is going to, the next first. */
export async function standingIn(tx: Db | Tx, personId: string, at: Instant): Promise<StandingIn[]> {
  return rows(
    tx,
    sql`select p.name as "forName", d.role, d.entity_id as "entityId", a.from_on as "fromOn", a.to_on as "toOn"
      from ${delegationsThen(at, sql`d.delegate_id = ${personId}`)} join people p on p.id = d.person_id
        join absences a on a.absence_id = d.absence_id and a.n = 1
      where d.state = 'given' and d.until_at > ${at}::timestamptz order by d.from_at, p.name limit 20`,
  )
}
