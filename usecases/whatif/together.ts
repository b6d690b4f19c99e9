import { sql } from "drizzle-orm"
import { closeDb, openDb, row, type Tx } from "@/db/connect"
import type { Change } from "@/domain/whatif/compare"
import { addSummaries, orderOf, type Affected, type Summary } from "@/domain/whatif/result"
import { workOutEach, type On, type Turns } from "./work-out"

/** A line as it is kept and stored: thousands of them as objects keep the memory's tidying busy. */
export type Line = { order: string; change: Change; body: string }
export type Found = { summary: Summary; lines: Line[] }

/** One part of a run, for somebody beside us: what they need to see the same register, and whose turn it is. */
export type PartOrder = Pick<On, "scenario" | "reach" | "scope" | "now" | "batch"> & {
  ids: readonly string[]
  url: string
  /** The register exactly as the run sees it. */
  snapshot: string
  counters: SharedArrayBuffer
}

/** Others who take turns at a run: how many, and how one begins. Null comes of a run that was stopped. */
export type Help = {
  helpers: number
  /** From so many sharings on they are asked: to begin takes them a while. */
  from: number
  /** Has those who will help come, while what they will do is still looked up. */
  ready?: () => void
  begin: (order: PartOrder) => Promise<Found | null>
}

type Wanted = Omit<On, "turns"> & { ids: readonly string[]; url: string }

/**
 * Works a run out, by itself or with others: whoever is ready takes the next batch, all see the same register, and what
 * they find is one result. Where somebody else fails, all of it is worked out here.
 */
export async function workOutTogether(tx: Tx, on: Wanted, help: Help | null): Promise<Found | null> {
  if (!help || help.helpers < 1 || on.ids.length < help.from) return workOutPart(tx, on)
  const counters = new SharedArrayBuffer(12)
  const turns = sharedTurns(counters)
  const exported = await row<{ id: string }>(tx, sql`select pg_export_snapshot() as id`)
  const { progress, ...plain } = on
  const order: PartOrder = { ...plain, snapshot: exported?.id ?? "", counters }
  const others = Promise.all(Array.from({ length: help.helpers }, () => help.begin(order))).catch(failed)
  try {
    const mine = await workOutPart(tx, { ...plain, turns, ...(progress ? { progress } : {}) })
    const theirs = mine && (await others)
    if (!mine || !theirs) return null
    return theirs === "failed" ? await workOutPart(tx, on) : theirs.reduce<Found>(added, mine)
  } finally {
    turns.stop()
    await others
  }
}

function failed(broken: unknown): "failed" {
  process.stderr.write(`what if, beside us: ${broken instanceof Error ? (broken.stack ?? "") : String(broken)}\n`)
  return "failed"
}

function added(one: Found, other: Found | null): Found {
  if (!other) return one
  return { summary: addSummaries(one.summary, other.summary), lines: [...one.lines, ...other.lines] }
}

async function workOutPart(tx: Tx, on: On): Promise<Found | null> {
  const lines: Line[] = []
  const take = (line: Affected): void =>
    void lines.push({ order: orderOf(line), change: line.change, body: JSON.stringify(line) })
  const summary = await workOutEach(tx, on, take)
  return summary && { summary, lines }
}

/** What one who helps does, in a connection of their own: takes turns until there are none, or until it is stopped. */
export async function helpOut(order: PartOrder): Promise<Found | null> {
  const db = openDb(order.url, { name: "onward-what-if", max: 1, statementSeconds: 60 })
  try {
    const turns = sharedTurns(order.counters)
    if (!/^[0-9A-F-]+$/i.test(order.snapshot)) throw new Error("that is no snapshot")
    return await db.transaction(
      async (tx) => {
        await tx.execute(sql.raw(`set transaction snapshot '${order.snapshot}'`))
        return workOutPart(tx, { ...order, turns, progress: () => Promise.resolve(!turns.stopped()) })
      },
      { isolationLevel: "repeatable read", accessMode: "read only" },
    )
  } finally {
    await closeDb(db)
  }
}

const [NEXT, DONE, STOP] = [0, 1, 2]

/** Turns that several take at once, counted in memory that they share. */
function sharedTurns(counters: SharedArrayBuffer): Turns & { stop: () => void; stopped: () => boolean } {
  const at = new Int32Array(counters)
  return {
    next: () => Atomics.add(at, NEXT, 1),
    did: (n) => Atomics.add(at, DONE, n) + n,
    stop: () => void Atomics.store(at, STOP, 1),
    stopped: () => Atomics.load(at, STOP) === 1,
  }
}
