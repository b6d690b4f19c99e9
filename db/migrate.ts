import { sql } from "drizzle-orm"
import { drizzle } from "drizzle-orm/node-postgres"
import { readMigrationFiles } from "drizzle-orm/migrator"
import pg from "pg"
import { dropBoundViews, makeBoundViews } from "./bound-views"

const LOCK = 7_206_118

/**
 * Brings a database to the newest migration, as its owner, one starter at a time (advisory lock), and makes the log's
 * head once. `origin` is the register's own name for good: `onward/<random id>`, no host name (foundation 16).
 */
export async function migrateDatabase(
  ownerUrl: string,
  options: { folder: string; register: "main" | "sample"; origin: string },
): Promise<void> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: "onward-migrate",
    connectionTimeoutMillis: 10_000,
  })
  await client.connect()
  try {
    await client.query("set client_min_messages = warning")
    await client.query("select pg_advisory_lock($1)", [LOCK])
    const db = drizzle(client)
    await runMigrations(client, db, options.folder)
    await makeBoundViews(client)
    await db.execute(sql`insert into log_head (one, origin, register, size, at, root, frontier)
      values (true, ${options.origin}, ${options.register}, 0, 'epoch', sha256(''), '{}') on conflict do nothing`)
    await client.query("grant usage on schema onward_migrations to onward_app")
    await client.query("grant select on all tables in schema onward_migrations to onward_app")
    await shutDatabase(client)
  } finally {
    await client.end()
  }
}

type Migrations = ReturnType<typeof readMigrationFiles>
/** What drizzle's own `migrate` calls; it takes no list of statements, so it is called here. */
type Inside = {
  dialect: { migrate: (list: Migrations, session: unknown, config: { migrationsSchema: string }) => Promise<void> }
  session: unknown
}

const MAKES_ROLE = /\bCREATE ROLE (onward_app|onward_read)\b/

/** Runs what is new. Roles belong to the server: where its operator made them, the owner needs no right to make any. */
async function runMigrations(client: pg.Client, db: unknown, migrationsFolder: string): Promise<void> {
  const found = await client.query<{ name: string }>(
    "select rolname as name from pg_roles where rolname like 'onward%'",
  )
  const there = new Set(found.rows.map((role) => role.name))
  const needed = (statement: string): boolean => !there.has(MAKES_ROLE.exec(statement)?.[1] ?? "")
  const list = readMigrationFiles({ migrationsFolder }).map((one) => ({ ...one, sql: one.sql.filter(needed) }))
  // Views stand on the columns of tables: they go before these may change, and are made anew.
  if (await isNew(client, list.length)) await dropBoundViews(client)
  const { dialect, session } = db as Inside
  await dialect.migrate(list, session, { migrationsSchema: "onward_migrations" })
}

async function isNew(client: pg.Client, wanted: number): Promise<boolean> {
  const there = await client.query("select to_regclass('onward_migrations.__drizzle_migrations') is not null as there")
  if (there.rows[0]?.there !== true) return false
  const found = await client.query<{ n: number }>(
    "select count(*)::int as n from onward_migrations.__drizzle_migrations",
  )
  return (found.rows[0]?.n ?? 0) < wanted
}

/**
 * Takes from everybody what nobody needs: temporary tables and schemas in this database, tables in its `public`. A right
 * over a database does not come along when it is copied, so this is said at every start.
 */
export async function shutDatabase(client: pg.Client): Promise<void> {
  const name = client.escapeIdentifier(client.database ?? "")
  await client.query(`revoke temporary, create on database ${name} from public`)
  await client.query("revoke create on schema public from public")
}

/** Makes the database on the server of `ownerUrl` unless it stands there; says whether it was made. */
export async function ensureDatabase(ownerUrl: string, name: string, template?: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name])
    if (found.rowCount) return false
    const from = template ? ` template ${client.escapeIdentifier(template)}` : ""
    await client.query(`create database ${client.escapeIdentifier(name)}${from}`)
    return true
  } finally {
    await client.end()
  }
}

/** Takes a database away with everything in it, whoever is connected. */
export async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`)
  } finally {
    await client.end()
  }
}
