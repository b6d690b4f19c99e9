import { sql } from "drizzle-orm"
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { bytes, dayColumn, instant } from "./types"
import { records } from "./records"

/** Accounts. Names and addresses stand only here; events carry the id. */
export const people = pgTable(
  "people",
  {
    id: text("id").primaryKey(),
    /** Null: they sign on by a provider that vouches for no address. */
    email: text("email"),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    state: text("state").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When the password was last set by a link that others made, and who: told to the person until they say they know. */
    resetAt: instant("reset_at"),
    resetBy: text("reset_by"),
    resetConfirmedBy: text("reset_confirmed_by"),
    resetKnownAt: instant("reset_known_at"),
  },
  (t) => [
    check("people_id", sql`${t.id} ~ '^psn_[0-9a-z]{26}$'`),
    check("people_state", sql`${t.state} in ('invited','active','disabled')`),
    uniqueIndex("people_email").on(sql`lower(${t.email})`),
    index("people_name").on(t.name, t.id),
  ],
)

/** Who had which role when: versions, never updated. `entity_id` null: in every entity. */
export const roleGrants = pgTable(
  "role_grants",
  {
    grantId: text("grant_id").notNull(),
    n: integer("n").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    role: text("role").notNull(),
    entityId: text("entity_id").references(() => records.id),
    state: text("state").notNull(),
    untilAt: instant("until_at"),
    at: instant("at").notNull(),
    byPerson: text("by_person"),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
    /** What a supervisor's grant is bound to: kinds of records, and a period by its first and last day. */
    kinds: text("kinds").array(),
    firstOn: dayColumn("first_on"),
    lastOn: dayColumn("last_on"),
  },
  (t) => [
    primaryKey({ columns: [t.grantId, t.n] }),
    check(
      "role_grants_bound",
      sql`(${t.kinds} is null and ${t.firstOn} is null and ${t.lastOn} is null) or (${t.role} = 'supervisor'
        and cardinality(${t.kinds}) is distinct from 0 and (${t.firstOn} is null or ${t.lastOn} is null or ${t.firstOn} <= ${t.lastOn})
        and ${t.kinds} <@ array['party','sharing','agreement','assessment','consent','notice','demand','chain'] is distinct from false)`,
    ),
    check("role_grants_id", sql`${t.grantId} ~ '^grt_[0-9a-z]{26}$'`),
    check("role_grants_role", sql`${t.role} in ('requester','procurement','legal','dpo','supervisor','administrator')`),
    check("role_grants_state", sql`${t.state} in ('granted','unconfirmed','waiting','confirmed','revoked')`),
    check(
      "role_grants_not_self",
      sql`${t.byPerson} is null or ${t.byPerson} <> ${t.personId} or ${t.state} = 'revoked'`,
    ),
    index("role_grants_person").on(t.personId),
  ],
)

/** Signed-in sessions; the cookie holds the id whose hash stands here. */
export const sessions = pgTable(
  "sessions",
  {
    hash: bytes("hash").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    createdAt: instant("created_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    /** How it began: `provider`, by signing on; null, by a password. */
    factor: text("factor"),
    /** When the person last proved in this session who they are; null: when it began. */
    provedAt: instant("proved_at"),
    agent: text("agent"),
    /** Of a session that began by signing on: at which provider, and what that one calls its own session. */
    issuer: text("issuer"),
    sid: text("sid"),
  },
  (t) => [
    index("sessions_person").on(t.personId),
    index("sessions_sid")
      .on(t.issuer, t.sid)
      .where(sql`${t.sid} is not null`),
    check("sessions_provider", sql`length(${t.issuer}) <= 500 and length(${t.sid}) <= 500`),
  ],
)

/** Words of a provider that somebody signed out there: each is heard once. */
export const logoutTokens = pgTable(
  "logout_tokens",
  {
    issuer: text("issuer").notNull(),
    jti: text("jti").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.jti] }),
    index("logout_tokens_at").on(t.at),
    check("logout_tokens_size", sql`length(${t.issuer}) <= 500 and length(${t.jti}) between 1 and 500`),
  ],
)

/**
 * By whom people sign on: issuer and subject, and nothing else, tell who it is. What the provider said of name and address
 * stands here and nowhere in the log.
 */
export const identities = pgTable(
  "identities",
  {
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    saidName: text("said_name").notNull(),
    saidEmail: text("said_email"),
    at: instant("at").notNull(),
    seenAt: instant("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.subject] }),
    uniqueIndex("identities_person").on(t.personId, t.issuer),
    check("identities_size", sql`length(${t.issuer}) <= 500 and length(${t.subject}) between 1 and 255`),
  ],
)

/** Where whoever signs on without ever having had a role is a requester: the last row holds. Append-only. */
export const signOnRules = pgTable(
  "sign_on_rules",
  {
    n: integer("n").primaryKey(),
    everywhere: boolean("everywhere").notNull(),
    entityIds: text("entity_ids").array().notNull(),
    byPerson: text("by_person"),
    at: instant("at").notNull(),
    logIndex: bigint("log_index", { mode: "number" }).notNull(),
  },
  (t) => [check("sign_on_rules_whole", sql`not ${t.everywhere} or ${t.entityIds} = '{}'`)],
)

/** Personal tokens: hashed, expiring, revocable, with the rights of their person and never more. */
export const tokens = pgTable(
  "tokens",
  {
    id: text("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => people.id),
    hash: bytes("hash").notNull().unique(),
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("tokens_person").on(t.personId)],
)

/** One-time links: set-up, invitation, new password. */
export const links = pgTable(
  "links",
  {
    hash: bytes("hash").primaryKey(),
    purpose: text("purpose").notNull(),
    personId: text("person_id").references(() => people.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    /** Who made it; null: the operator of the machine. */
    byPerson: text("by_person"),
    /** A link of two: it opens nothing without the code that another administrator is given. */
    needsSecond: boolean("needs_second").notNull().default(false),
    codeHash: bytes("code_hash"),
    confirmedBy: text("confirmed_by"),
  },
  (t) => [
    check("links_purpose", sql`${t.purpose} in ('setup','invite','reset')`),
    check("links_second", sql`(${t.codeHash} is null) = (${t.confirmedBy} is null)`),
    index("links_open")
      .on(t.personId)
      .where(sql`${t.usedAt} is null`),
  ],
)

/** Failed tries by account and by address. */
export const throttles = pgTable("throttles", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  lastAt: instant("last_at").notNull(),
})

/** Refused attempts (own request, wrong role, wrong state): administrators and DPO can read them. */
export const refusals = pgTable(
  "refusals",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at").notNull(),
    actorId: text("actor_id"),
    act: text("act").notNull(),
    code: text("code").notNull(),
    says: text("says").notNull(),
    objectId: text("object_id"),
  },
  (t) => [index("refusals_at").on(t.at, t.id)],
)
