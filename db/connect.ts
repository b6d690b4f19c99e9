import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import type { SQL } from "drizzle-orm"
import pg from "pg"
import { readInstant } from "./read"

export type Db = NodePgDatabase & { $client: pg.Pool }
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0]

/**
 * Opens a pool on the address (`postgres:` URL; a Unix socket as `?host=/folder`). Every session speaks UTC, compiles no
 * statement (its pages are short: compiling took longer than running), and has the limits of the security handbook; `statementSeconds` is 5 for pages and 60 for exports.
 */
export function openDb(
  url: string,
  options: { max?: number; name: string; statementSeconds?: number; register?: "main" | "sample" },
): Db {
  // The sample is told anew by one act: its two years of requests need not wait for the disk at each commit.
  const commit = options.register === "sample" ? " -c synchronous_commit=off" : ""
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    options: `-c TimeZone=UTC -c jit=off -c statement_timeout=${(options.statementSeconds ?? 5) * 1000} -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000${commit}`,
  })
  // A connection that dies while idle is replaced by the pool; without a listener Node would end the process.
  pool.on("error", () => undefined)
  return drizzle(pool) as Db
}

const AWAY = /^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_|EPIPE|ENOENT$|57P0[123]$|08\d{3}$|53300$)/
const BROKEN =
  /is not currently accepting connections$|^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether a failure means that the database cannot be reached, or went away: it may come back by itself. */
export function isAway(problem: unknown): boolean {
  for (let at = problem; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if ((typeof code === "string" && AWAY.test(code)) || BROKEN.test(at.message)) return true
  }
  return false
}

/** Closes the pool and waits for its connections to end. */
export async function closeDb(db: Db): Promise<void> {
  await db.$client.end()
}

const TIMESTAMPTZ = 1184
const INT8 = 20

/** Runs one statement and gives its rows: instants as ISO in UTC, whole numbers as numbers, days as text. */
export async function rows<T>(tx: Db | Tx, statement: SQL): Promise<T[]> {
  const result = await tx.execute(statement)
  const instants = result.fields.filter((field) => field.dataTypeID === TIMESTAMPTZ).map((field) => field.name)
  const numbers = result.fields.filter((field) => field.dataTypeID === INT8).map((field) => field.name)
  for (const row of result.rows as Record<string, unknown>[]) {
    for (const name of instants) if (typeof row[name] === "string") row[name] = readInstant(row[name])
    for (const name of numbers) if (typeof row[name] === "string") row[name] = Number(row[name])
  }
  return result.rows as T[]
}

/** The first row of a statement, or null. */
export async function row<T>(tx: Db | Tx, statement: SQL): Promise<T | null> {
  return (await rows<T>(tx, statement))[0] ?? null
}
