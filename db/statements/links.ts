import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/** Makes a one-time link. */
export async function insertLink(
  tx: Db | Tx,
  what: {
    hash: Buffer
    purpose: "setup" | "invite" | "reset"
    personId: string | null
    at: Instant
    expiresAt: Instant
    byPerson?: string | null
    needsSecond?: boolean
  },
): Promise<void> {
  await tx.execute(sql`insert into links (hash, purpose, person_id, created_at, expires_at, by_person, needs_second)
    values (${what.hash}, ${what.purpose}, ${what.personId}, ${what.at}::timestamptz, ${what.expiresAt}::timestamptz,
      ${what.byPerson ?? null}, ${what.needsSecond ?? false})`)
}

export type UsedLink = {
  personId: string | null
  purpose: string
  byPerson: string | null
  needsSecond: boolean
  codeHash: Buffer | null
  confirmedBy: string | null
}

/** Uses a link up: of two who come at once, one gets it. Null when it was used, is over, or never was. */
export async function useLink(tx: Tx, hash: Buffer, purpose: readonly string[], at: Instant): Promise<UsedLink | null> {
  return row(
    tx,
    sql`update links set used_at = ${at}::timestamptz where hash = ${hash} and used_at is null and expires_at > ${at}::timestamptz
    and purpose = any(${sql.param(purpose as unknown as string)}::text[]) returning person_id as "personId", purpose,
      by_person as "byPerson", needs_second as "needsSecond", code_hash as "codeHash", confirmed_by as "confirmedBy"`,
  )
}

/** Whether a link would still be good. */
export async function peekLink(
  tx: Db | Tx,
  hash: Buffer,
  at: Instant,
): Promise<{ purpose: string; name: string | null; email: string | null; needsSecond: boolean } | null> {
  return row(
    tx,
    sql`select l.purpose, p.name, p.email, l.needs_second as "needsSecond" from links l left join people p on p.id = l.person_id
    where l.hash = ${hash} and l.used_at is null and l.expires_at > ${at}::timestamptz`,
  )
}

/** Spoils all open links of a person, or the set-up links. */
export async function spoilLinks(tx: Tx, personId: string | null, at: Instant): Promise<void> {
  await tx.execute(
    sql`update links set used_at = ${at}::timestamptz where used_at is null and ${personId === null ? sql`purpose = 'setup'` : sql`person_id = ${personId}`}`,
  )
}

export type OpenReset = { personId: string; byPerson: string | null; byName: string | null; expiresAt: Instant }

/** The new-password links that wait for a second administrator's code. */
export async function openResets(tx: Db | Tx, at: Instant): Promise<OpenReset[]> {
  return rows(
    tx,
    sql`select l.person_id as "personId", l.by_person as "byPerson", b.name as "byName", l.expires_at as "expiresAt" from links l
      left join people b on b.id = l.by_person
      where l.used_at is null and l.needs_second and l.code_hash is null and l.expires_at > ${at}::timestamptz order by l.person_id`,
  )
}

/** The one open new-password link of a person that takes two, locked; null where there is none. */
export async function lockReset(
  tx: Tx,
  personId: string,
  at: Instant,
): Promise<{ hash: Buffer; byPerson: string | null; confirmedBy: string | null } | null> {
  return row(
    tx,
    sql`select hash, by_person as "byPerson", confirmed_by as "confirmedBy" from links where person_id = ${personId} and purpose = 'reset'
      and needs_second and used_at is null and expires_at > ${at}::timestamptz for no key update`,
  )
}

/** Gives an open link the code without which it opens nothing. */
export async function confirmLink(tx: Tx, hash: Buffer, codeHash: Buffer, confirmedBy: string): Promise<void> {
  await tx.execute(sql`update links set code_hash = ${codeHash}, confirmed_by = ${confirmedBy} where hash = ${hash}`)
}
