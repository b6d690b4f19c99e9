import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { isBounded, type GrantBound } from "@/domain/people/bounds"
import type { HeldRole, Role } from "@/domain/people/roles"

export type PersonRow = {
  id: string
  /** Null: they sign on by a provider that vouches for no address. */
  email: string | null
  name: string
  state: "invited" | "active" | "disabled"
  createdAt: Instant
  passwordHash: string | null
}

const PERSON = sql`p.id, p.email, p.name, p.state, p.created_at as "createdAt", p.password_hash as "passwordHash"`

/** The account with this address, whatever its state; locked where a change follows. */
export async function personByEmail(tx: Db | Tx, email: string, lock = false): Promise<PersonRow | null> {
  return row<PersonRow>(
    tx,
    sql`select ${PERSON} from people p where lower(p.email) = lower(${email}) ${lock ? sql`for no key update` : sql``}`,
  )
}

/** The account; locked where a change follows. */
export async function personById(tx: Db | Tx, id: string, lock = false): Promise<PersonRow | null> {
  return row<PersonRow>(
    tx,
    sql`select ${PERSON} from people p where p.id = ${id} ${lock ? sql`for no key update` : sql``}`,
  )
}

/** A page of people by name. */
export async function peoplePage(
  tx: Db | Tx,
  after: { name: string; id: string } | null,
  limit: number,
): Promise<Omit<PersonRow, "passwordHash">[]> {
  return rows(
    tx,
    sql`select p.id, p.email, p.name, p.state, p.created_at as "createdAt" from people p
    where ${after ? sql`(p.name, p.id) > (${after.name}, ${after.id})` : sql`true`} order by p.name, p.id limit ${limit}`,
  )
}

/** Whether any account exists. */
export async function anyPerson(tx: Db | Tx): Promise<boolean> {
  return (await row(tx, sql`select 1 from people limit 1`)) !== null
}

/** Makes an account. */
export async function insertPerson(
  tx: Tx,
  who: { id: string; email: string | null; name: string; passwordHash: string | null; state: string; at: Instant },
): Promise<void> {
  await tx.execute(sql`insert into people (id, email, name, password_hash, state, created_at)
    values (${who.id}, ${who.email}, ${who.name}, ${who.passwordHash}, ${who.state}, ${who.at}::timestamptz)`)
}

/** Sets state or password of an account. */
export async function updatePerson(
  tx: Tx,
  id: string,
  to: {
    state?: string
    passwordHash?: string | null
    /** The password was set by a link that others made. */
    reset?: { at: Instant; by: string; confirmedBy: string | null }
  },
): Promise<void> {
  if (to.reset)
    await tx.execute(sql`update people set reset_at = ${to.reset.at}::timestamptz, reset_by = ${to.reset.by},
      reset_confirmed_by = ${to.reset.confirmedBy}, reset_known_at = null where id = ${id}`)
  if (to.state !== undefined) await tx.execute(sql`update people set state = ${to.state} where id = ${id}`)
  if (to.passwordHash !== undefined)
    await tx.execute(sql`update people set password_hash = ${to.passwordHash} where id = ${id}`)
}

/** How an account stands at the instant, in one statement: its state, and the roles in effect. */
export async function standingOf(
  tx: Tx,
  personId: string,
  at: Instant,
): Promise<{ state: PersonRow["state"] | "none"; held: HeldRole[] }> {
  const found = await rows<
    { accountState: PersonRow["state"] } & { [K in keyof GrantInEffect]: GrantInEffect[K] | null }
  >(
    tx,
    sql`select p.state as "accountState", g.* from people p left join lateral (${inEffect(personId, at)}) g on true where p.id = ${personId}`,
  )
  return {
    state: found[0]?.accountState ?? "none",
    held: found.flatMap((item) => (item.grantId ? [heldFrom(item as GrantInEffect)] : [])),
  }
}

/** How these people's active accounts stand at the instant, in one statement: the roles in effect of each; who is shut out is left out. */
export async function activeRoles(tx: Tx, personIds: readonly string[], at: Instant): Promise<Map<string, HeldRole[]>> {
  const found = await rows<GrantInEffect & { personId: string }>(
    tx,
    sql`select p.id as "personId", g.* from people p cross join lateral (${inEffect(sql`p.id`, at)}) g
      where p.id = any(${sql.param(personIds as unknown as string)}::text[]) and p.state = 'active'`,
  )
  const held = new Map<string, HeldRole[]>()
  for (const item of found) held.set(item.personId, [...(held.get(item.personId) ?? []), heldFrom(item)])
  return held
}

type GrantInEffect = Pick<
  GrantRow,
  "grantId" | "role" | "entityId" | "state" | "untilAt" | "kinds" | "firstOn" | "lastOn"
>

const inEffect = (
  personId: string | SQL,
  at: Instant,
) => sql`select g."grantId", g.role, g."entityId", g.state, g.until_at as "untilAt",
    g.kinds, g.first_on as "firstOn", g.last_on as "lastOn" from (
    select distinct on (grant_id) grant_id as "grantId", role, entity_id as "entityId", state, until_at, kinds, first_on, last_on from role_grants
    where person_id = ${personId} and at <= ${at}::timestamptz order by grant_id, n desc) g
  where g.state in ('granted', 'unconfirmed', 'confirmed') and (g.until_at is null or g.until_at > ${at}::timestamptz)`

const heldFrom = (item: GrantInEffect): HeldRole => ({
  grantId: item.grantId,
  role: item.role,
  entityId: item.entityId,
  confirmed: item.state !== "unconfirmed",
  ...(item.untilAt ? { untilAt: item.untilAt } : {}),
  ...(isBounded(item) ? { bound: { kinds: item.kinds, firstOn: item.firstOn, lastOn: item.lastOn } } : {}),
})

/** The roles in effect: the last version of each grant, where it is not waiting, revoked or over. */
export async function heldRoles(tx: Db | Tx, personId: string, at: Instant): Promise<HeldRole[]> {
  return (await rows<GrantInEffect>(tx, inEffect(personId, at))).map(heldFrom)
}

export type GrantRow = {
  grantId: string
  n: number
  personId: string
  role: Role
  entityId: string | null
  state: string
  untilAt: Instant | null
  at: Instant
  byPerson: string | null
} & GrantBound

const GRANT = sql`grant_id as "grantId", n, person_id as "personId", role, entity_id as "entityId", state, until_at as "untilAt", at, by_person as "byPerson", kinds,
  first_on as "firstOn", last_on as "lastOn"`

/** The last version of every grant, of one person or of all. */
export async function grants(tx: Db | Tx, personId: string | null): Promise<GrantRow[]> {
  return rows<GrantRow>(
    tx,
    sql`select distinct on (grant_id) ${GRANT} from role_grants where ${personId === null ? sql`true` : sql`person_id = ${personId}`} order by grant_id, n desc`,
  )
}

/** The last version of every grant up to the instant, with who held them then: what the register of roles said. */
export async function grantsAsOf(
  tx: Db | Tx,
  at: Instant,
): Promise<(GrantRow & { name: string; email: string | null; byName: string | null; shut: boolean })[]> {
  return rows(
    tx,
    sql`select g.*, p.name, p.email, b.name as "byName", exists (select 1 from log_objects o join log_leaves l on l.index = o.index
          where o.object_id = p.id and l.act = 'person.disable' and l.at <= ${at}::timestamptz) as shut from (
        select distinct on (grant_id) ${GRANT} from role_grants where at <= ${at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g."personId" left join people b on b.id = g."byPerson"
      where g.state <> 'revoked' and (g."untilAt" is null or g."untilAt" > ${at}::timestamptz) order by p.name, p.id, g.role, g."entityId"`,
  )
}

/** The last version of one grant. */
export async function lastGrant(tx: Db | Tx, grantId: string): Promise<GrantRow | null> {
  return row<GrantRow>(tx, sql`select ${GRANT} from role_grants where grant_id = ${grantId} order by n desc limit 1`)
}

/** Writes a version of a grant at the act's instant. */
export async function insertGrant(
  tx: Tx,
  what: Omit<GrantRow, keyof GrantBound> & Partial<GrantBound> & { logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into role_grants (grant_id, n, person_id, role, entity_id, state, until_at, at, by_person, log_index, kinds, first_on, last_on)
    values (${what.grantId}, ${what.n}, ${what.personId}, ${what.role}, ${what.entityId}, ${what.state}, ${what.untilAt}::timestamptz, ${what.at}::timestamptz, ${what.byPerson}, ${what.logIndex},
      ${sql.param((what.kinds ?? null) as unknown as string)}::text[], ${what.firstOn ?? null}::date, ${what.lastOn ?? null}::date)`)
}

/** How many people hold the role in effect. Locks out a second count until commit, so that two cannot both be the first. */
export async function holdersOf(tx: Tx, role: Role): Promise<string[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(7206119)`)
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct g.person_id as id from (select distinct on (grant_id) person_id, role, state from role_grants order by grant_id, n desc) g
      join people p on p.id = g.person_id where g.role = ${role} and g.state in ('granted', 'unconfirmed', 'confirmed') and p.state <> 'disabled'`,
  )
  return found.map((item) => item.id)
}

/** Opens a session; the cookie holds the value whose hash this is. */
export async function insertSession(
  tx: Db | Tx,
  what: {
    hash: Buffer
    personId: string
    at: Instant
    expiresAt: Instant
    agent: string
    provider?: { issuer: string; sid: string | null }
  },
): Promise<void> {
  await tx.execute(sql`insert into sessions (hash, person_id, created_at, seen_at, expires_at, agent, factor, issuer, sid)
    values (${what.hash}, ${what.personId}, ${what.at}::timestamptz, ${what.at}::timestamptz, ${what.expiresAt}::timestamptz, ${what.agent.slice(0, 200)}, ${what.provider ? "provider" : null},
      ${what.provider?.issuer ?? null}, ${what.provider?.sid ?? null})`)
}

/** The person of a living session: not revoked, not over, not idle for longer than `idleSince`. Notes that it was seen. */
export async function personOfSession(
  db: Db,
  hash: Buffer,
  at: Instant,
  idleSince: Instant,
): Promise<{ id: string; name: string; provedAt: Instant; byProvider: boolean; reset: Reset | null } | null> {
  const found = await row<
    { id: string; name: string; provedAt: Instant; byProvider: boolean } & { [K in keyof Reset]: Reset[K] | null }
  >(
    db,
    sql`with seen as (update sessions set seen_at = ${at}::timestamptz where hash = ${hash} and revoked_at is null
      and expires_at > ${at}::timestamptz and seen_at > ${idleSince}::timestamptz and seen_at < ${at}::timestamptz - interval '30 seconds' returning person_id)
    select p.id, p.name, coalesce(s.proved_at, s.created_at) as "provedAt",
      coalesce(s.factor = 'provider', false) as "byProvider", ${RESET} from sessions s join people p on p.id = s.person_id where s.hash = ${hash} and s.revoked_at is null
      and s.expires_at > ${at}::timestamptz and s.seen_at > ${idleSince}::timestamptz and p.state = 'active'`,
  )
  if (!found) return null
  const { id, name, provedAt, byProvider, at: resetAt, by, confirmedBy } = found
  return { id, name, provedAt, byProvider, reset: resetAt === null ? null : { at: resetAt, by, confirmedBy } }
}

/** A password that others had set anew, which the person has not said they know of. Names; null: the operator, or nobody. */
export type Reset = { at: Instant; by: string | null; confirmedBy: string | null }

const RESET = sql`case when p.reset_at is not null and p.reset_known_at is null then p.reset_at end as at,
  case when p.reset_known_at is null then (select b.name from people b where b.id = p.reset_by) end as by,
  case when p.reset_known_at is null then (select b.name from people b where b.id = p.reset_confirmed_by) end as "confirmedBy"`

/** Notes that the person knows that their password was set anew. */
export async function knowReset(tx: Db | Tx, personId: string, at: Instant): Promise<void> {
  await tx.execute(
    sql`update people set reset_known_at = ${at}::timestamptz where id = ${personId} and reset_at is not null and reset_known_at is null`,
  )
}

/**
 * Ends sessions that began by signing on at this provider: of a person, or the one that the provider names, and with it those of
 * the named person of which we do not know which of its own it is. Gives how many. One that began by a password is none of the
 * provider's.
 */
export async function revokeProviderSessions(
  tx: Tx,
  of: { issuer: string; subject: string | null; sid: string | null },
  at: Instant,
): Promise<number> {
  const person = sql`person_id = (select i.person_id from identities i where i.issuer = ${of.issuer} and i.subject = ${of.subject})`
  const theirs = sql`(issuer = ${of.issuer} or issuer is null and factor = 'provider')`
  const which = [
    of.sid === null
      ? theirs
      : of.subject === null
        ? sql`issuer = ${of.issuer} and sid = ${of.sid}`
        : sql`${theirs} and (sid is null or sid = ${of.sid})`,
    ...(of.subject === null ? [] : [person]),
  ]
  const gone = await rows(
    tx,
    sql`update sessions set revoked_at = ${at}::timestamptz where revoked_at is null and ${sql.join(which, sql` and `)} returning 1`,
  )
  return gone.length
}

/** Takes a word of the provider for heard; false: it was heard before. */
export async function hearToken(tx: Tx, token: { issuer: string; jti: string }, at: Instant): Promise<boolean> {
  const fresh = await rows(
    tx,
    sql`insert into logout_tokens (issuer, jti, at) values (${token.issuer}, ${token.jti}, ${at}::timestamptz) on conflict do nothing returning 1`,
  )
  return fresh.length > 0
}

/** Notes by which of its own sessions the provider knows this one now. */
export async function noteSid(tx: Db | Tx, hash: Buffer, issuer: string, sid: string): Promise<void> {
  await tx.execute(
    sql`update sessions set issuer = ${issuer}, sid = ${sid} where hash = ${hash} and factor = 'provider' and revoked_at is null`,
  )
}

/** Notes that the person proved again in this session who they are. */
export async function proveSession(tx: Db | Tx, hash: Buffer, personId: string, at: Instant): Promise<void> {
  await tx.execute(
    sql`update sessions set proved_at = ${at}::timestamptz where hash = ${hash} and person_id = ${personId} and revoked_at is null`,
  )
}

/** Ends one session, or all of a person, or all but one. */
export async function revokeSessions(
  tx: Db | Tx,
  of: { hash: Buffer } | { personId: string; but?: Buffer },
  at: Instant,
): Promise<void> {
  const which =
    "hash" in of
      ? sql`hash = ${of.hash}`
      : sql`person_id = ${of.personId} and ${of.but ? sql`hash <> ${of.but}` : sql`true`}`
  await tx.execute(sql`update sessions set revoked_at = ${at}::timestamptz where revoked_at is null and ${which}`)
}

export type SessionLine = { id: string; createdAt: Instant; seenAt: Instant; agent: string | null; here: boolean }

/** A person's living sessions, newest first; the id is the start of a hash and opens nothing. */
export async function sessionsOf(
  tx: Db | Tx,
  personId: string,
  here: Buffer | null,
  at: Instant,
  idleSince: Instant,
): Promise<SessionLine[]> {
  return rows(
    tx,
    sql`select left(encode(hash, 'hex'), 12) as id, created_at as "createdAt", seen_at as "seenAt", agent, coalesce(hash = ${here}, false) as here from sessions
    where person_id = ${personId} and revoked_at is null and expires_at > ${at}::timestamptz and seen_at > ${idleSince}::timestamptz order by created_at desc limit 100`,
  )
}

/** Makes a personal token. */
export async function insertToken(
  tx: Tx,
  what: { id: string; personId: string; hash: Buffer; label: string; at: Instant; expiresAt: Instant },
): Promise<void> {
  await tx.execute(sql`insert into tokens (id, person_id, hash, label, created_at, expires_at)
    values (${what.id}, ${what.personId}, ${what.hash}, ${what.label}, ${what.at}::timestamptz, ${what.expiresAt}::timestamptz)`)
}

/** The person of a living token. */
export async function personOfToken(db: Db, hash: Buffer, at: Instant): Promise<{ id: string; name: string } | null> {
  return row(
    db,
    sql`select p.id, p.name from tokens t join people p on p.id = t.person_id
    where t.hash = ${hash} and t.revoked_at is null and t.expires_at > ${at}::timestamptz and p.state = 'active'`,
  )
}

/** A person's tokens, without anything that could be used. */
export async function tokensOf(
  tx: Db | Tx,
  personId: string,
): Promise<{ id: string; label: string; createdAt: Instant; expiresAt: Instant; revokedAt: Instant | null }[]> {
  return rows(
    tx,
    sql`select id, label, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt" from tokens
    where person_id = ${personId} order by created_at desc limit 100`,
  )
}

/** Revokes one's own token; says whether it was there. */
export async function revokeTokens(
  tx: Tx,
  of: { id: string; personId: string } | { personId: string },
  at: Instant,
): Promise<number> {
  const which = "id" in of ? sql`id = ${of.id} and person_id = ${of.personId}` : sql`person_id = ${of.personId}`
  return (
    await rows(
      tx,
      sql`update tokens set revoked_at = ${at}::timestamptz where revoked_at is null and ${which} returning id`,
    )
  ).length
}
