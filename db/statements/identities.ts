import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { SignOnRule } from "@/domain/people/sign-on"
import type { PersonRow } from "./people"
import { textArray } from "./log"

type Key = { issuer: string; subject: string }

/** The account that an identity belongs to; locked where a change follows. */
export async function personOfIdentity(tx: Db | Tx, of: Key, lock = false): Promise<PersonRow | null> {
  return row<PersonRow>(
    tx,
    sql`select p.id, p.email, p.name, p.state, p.created_at as "createdAt", p.password_hash as "passwordHash" from identities i
      join people p on p.id = i.person_id where i.issuer = ${of.issuer} and i.subject = ${of.subject} ${lock ? sql`for no key update of p` : sql``}`,
  )
}

export type IdentityLine = { issuer: string; saidName: string; saidEmail: string | null; at: Instant; seenAt: Instant }

/** By whom a person signs on. */
export async function identitiesOf(tx: Db | Tx, personId: string): Promise<IdentityLine[]> {
  return rows<IdentityLine>(
    tx,
    sql`select issuer, said_name as "saidName", said_email as "saidEmail", at, seen_at as "seenAt" from identities
      where person_id = ${personId} order by issuer`,
  )
}

/** How many people sign on by this provider. */
export async function countIdentities(tx: Db | Tx, issuer: string): Promise<number> {
  return (await row<{ n: number }>(tx, sql`select count(*)::int as n from identities where issuer = ${issuer}`))?.n ?? 0
}

/** Gives an identity to an account. The database holds it to one account, and an account to one of a provider. */
export async function insertIdentity(
  tx: Tx,
  what: Key & { personId: string; saidName: string; saidEmail: string | null; at: Instant },
): Promise<void> {
  await tx.execute(sql`insert into identities (issuer, subject, person_id, said_name, said_email, at, seen_at)
    values (${what.issuer}, ${what.subject}, ${what.personId}, ${what.saidName}, ${what.saidEmail}, ${what.at}::timestamptz, ${what.at}::timestamptz)`)
}

/** Notes when an identity last came. */
export async function sawIdentity(tx: Tx, of: Key, at: Instant): Promise<void> {
  await tx.execute(
    sql`update identities set seen_at = ${at}::timestamptz where issuer = ${of.issuer} and subject = ${of.subject}`,
  )
}

/** Takes an identity from an account; says whether it was there. */
export async function deleteIdentity(tx: Tx, personId: string, issuer: string): Promise<boolean> {
  const gone = await rows(
    tx,
    sql`delete from identities where person_id = ${personId} and issuer = ${issuer} returning person_id`,
  )
  return gone.length > 0
}

/** Ends the sessions of a person that began by signing on at this provider, but for one. Gives how many. */
export async function revokeSessionsBy(
  tx: Tx,
  of: { personId: string; issuer: string; but: Buffer | null },
  at: Instant,
): Promise<number> {
  const gone = await rows(
    tx,
    sql`update sessions set revoked_at = ${at}::timestamptz where revoked_at is null and person_id = ${of.personId}
      and (issuer = ${of.issuer} or issuer is null and factor = 'provider') and hash is distinct from ${of.but} returning 1`,
  )
  return gone.length
}

/** Whether the person ever held a role, also one that was taken back. */
export async function everHeld(tx: Db | Tx, personId: string): Promise<boolean> {
  return (await row(tx, sql`select 1 from role_grants where person_id = ${personId} limit 1`)) !== null
}

/** Where new people are requesters, as it was last said; null: nobody said it. */
export async function signOnRule(
  tx: Db | Tx,
): Promise<(SignOnRule & { n: number; at: Instant; byPerson: string | null }) | null> {
  return row(
    tx,
    sql`select n, everywhere, entity_ids as "entityIds", at, by_person as "byPerson" from sign_on_rules order by n desc limit 1`,
  )
}

/** Says where new people are requesters from now on. */
export async function insertSignOnRule(
  tx: Tx,
  what: SignOnRule & { n: number; byPerson: string | null; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into sign_on_rules (n, everywhere, entity_ids, by_person, at, log_index)
    values (${what.n}, ${what.everywhere}, ${textArray(what.entityIds)}::text[], ${what.byPerson}, ${what.at}::timestamptz, ${what.logIndex})`)
}
