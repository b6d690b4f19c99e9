import { randomBytes } from "node:crypto"
import { sql } from "drizzle-orm"
import type { z } from "zod"
import { appendLog, openLog } from "@/db/statements/log"
import type { Tx } from "@/db/connect"
import { leafBytes } from "@/domain/audit/event"
import { refuse, type Outcome } from "@/domain/core/outcome"
import type { Instant } from "@/domain/core/instant"
import { isOnlySupervisor, mayAct, type ActName } from "@/domain/people/permissions"
import { lookedSince } from "@/db/statements/visits"
import { oneLookSince } from "@/domain/audit/seals"
import { invalid } from "./act"
import { holdWithin } from "./bound"
import { fromDatabase } from "./refused-by-database"
import { scopeOf, type Scope } from "./scope"
import { logActor, type Actor, type Scene } from "./scene"

type LookSpec<I, O> = {
  name: ActName
  input: z.ZodType<I>
  /** What it reads, always through the reader's scope. */
  run: (tx: Tx, on: { input: I; scope: Scope; actor: Actor; scene: Scene }) => Promise<Outcome<O>>
  /** What a supervisor's look is about, for the log. */
  about?: (input: I) => { type: string; id: string }[]
}

export type Look<O> = { (scene: Scene, input: unknown): Promise<Outcome<O>>; actName: ActName }

/**
 * The only way to read: one snapshot, read-only, within the reader's scope. A supervisor's look is an event, written
 * before anything is shown.
 */
export function look<I, O>(spec: LookSpec<I, O>): Look<O> {
  const call = async (scene: Scene, raw: unknown): Promise<Outcome<O>> => {
    const actor = scene.actor
    if (!actor) return refuse("not-allowed", "not-allowed.sign-in")
    const may = mayAct(spec.name, actor)
    if (!may.ok) return may
    const parsed = spec.input.safeParse(raw)
    if (!parsed.success) return invalid(parsed.error)
    try {
      if (isOnlySupervisor(actor) && spec.name !== "look.read")
        await logLook(scene, actor, spec.name, spec.about?.(parsed.data) ?? [])
      return await scene.db.transaction(
        async (tx) => {
          const beyond = await holdWithin(tx, actor, spec.name, parsed.data)
          return beyond ?? spec.run(tx, { input: parsed.data, scope: scopeOf(actor), actor, scene })
        },
        { isolationLevel: "repeatable read", accessMode: "read only" },
      )
    } catch (problem) {
      const refused = fromDatabase(problem)
      if (refused && refused !== "again" && refused.code === "invalid") return refused
      throw problem
    }
  }
  return Object.assign(call, { actName: spec.name })
}

async function logLook(
  scene: Scene,
  actor: Actor,
  name: ActName,
  objects: { type: string; id: string }[],
): Promise<void> {
  await scene.db.transaction(async (tx) => {
    const [file] = objects
    // A large paper comes in parts, each asked for by itself: it is one look at one paper.
    if (name === "file.read" && file) {
      const of = { personId: actor.id, act: `look.${name}`, objectId: file.id, since: oneLookSince(scene.now) }
      if (await lookedSince(tx, of)) return
    }
    const opened = await openLog(tx, scene.now)
    const bytes = leafBytes(
      // The salt keeps what is sealed from being guessed by its hash.
      { act: `look.${name}`, objects, after: { salt: randomBytes(16).toString("base64url") } },
      { index: opened.size, at: opened.at, origin: opened.origin, actor: logActor(actor, "supervisor") },
    )
    await appendLog(tx, [bytes])
  })
}

/**
 * The instant at which a look reads. Null is now. An as-of instant beyond the last committed act answers as of that
 * act, so that a look never names an instant into which an act could still commit.
 */
export async function readingInstant(tx: Tx, asOf: Instant | null): Promise<Instant | null> {
  if (asOf === null) return null
  const found = await tx.execute(sql`select 1 from log_head where at >= ${asOf}::timestamptz`)
  return found.rowCount ? asOf : null
}
