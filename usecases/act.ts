import type { z } from "zod"
import { appendLog, openLog, type Opened } from "@/db/statements/log"
import { standingOf } from "@/db/statements/people"
import { noteRefusal } from "@/db/statements/refusals"
import { insertTellings, type Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { leafBytes, type EventDraft } from "@/domain/audit/event"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { isOpen, mayAct, needsProof, type ActName } from "@/domain/people/permissions"
import { holdWithin, letGo } from "./bound"
import { scopeOf } from "./scope"
import { fromDatabase } from "./refused-by-database"
import { isStale, logActor, NOBODY, type Actor, type Scene } from "./scene"

/** What an act gives back when it is done: its value, at least one event, and the rows that bear the act's instant. */
export type Done<O> = {
  value: O
  events: [EventDraft, ...EventDraft[]]
  /** Whom it is told to, in the same transaction: the inbox shows it, and the worker mails it. */
  tell?: readonly Telling[]
  /** The person on whose behalf it is done; its leaves say so. */
  behalf?: string
  /**
   * Set-based inserts of rows that carry the act's one instant, once the log is open. `indexOf(i)` is the log index of
   * event i. What it returns are further events of the same act, placed behind the first ones; it may still refuse.
   */
  write?: (tx: Tx, place: Place) => Promise<EventDraft[] | Refusal | void>
}

/** The place of an act in the log, and of each of its events. */
export type Place = Opened & { indexOf: (event: number) => number }

type ActSpec<I, L, O> = {
  /** Permission, event and API operation share this name. */
  name: ActName
  input: z.ZodType<I>
  /** Loads and locks what the act is about; null: it does not exist or may not be known to exist. */
  load: (tx: Tx, input: I, scene: Scene) => Promise<L | null>
  /** Whether this person may do it to this thing, over and above the table of who may. */
  may: (actor: Actor, loaded: L, input: I, scene: Scene) => Outcome<unknown>
  run: (
    tx: Tx,
    on: { input: I; loaded: L; actor: Actor; scene: Scene },
  ) => Promise<{ ok: true; done: Done<O> } | Refusal>
}

export type Act<O> = { (scene: Scene, input: unknown): Promise<Outcome<O>>; actName: ActName }

/** An act that is done. */
export function done<O>(what: Done<O>): { ok: true; done: Done<O> } {
  return { ok: true, done: what }
}

const TRIES = 4

/**
 * The only way to change the register: asks the table of who may, opens the transaction, loads, asks again about the
 * thing itself, runs, opens the log, writes the rows at the act's instant, appends the leaves, commits. A refusal
 * leaves no trace but a line in the list of refused attempts.
 */
export function act<I, L, O>(spec: ActSpec<I, L, O>): Act<O> {
  const call = async (scene: Scene, raw: unknown): Promise<Outcome<O>> => {
    const outcome = await attempt(spec, scene, raw)
    // Whoever is not signed in leaves no row: they could leave as many as they like.
    if (scene.actor && !outcome.ok && (outcome.code === "not-allowed" || outcome.code === "conflict")) {
      await noteRefusal(scene.db, {
        at: scene.now,
        actorId: scene.actor.id,
        act: spec.name,
        code: outcome.code,
        says: outcome.says,
      })
    }
    return outcome
  }
  return Object.assign(call, { actName: spec.name })
}

async function attempt<I, L, O>(spec: ActSpec<I, L, O>, scene: Scene, raw: unknown): Promise<Outcome<O>> {
  const actor = scene.actor ?? (isOpen(spec.name) ? NOBODY : null)
  if (!actor) return refuse("not-allowed", "not-allowed.sign-in")
  const table = mayAct(spec.name, actor)
  if (!table.ok) return table
  if (needsProof(spec.name) && isStale(scene)) return refuse("not-allowed", "not-allowed.prove")
  const parsed = spec.input.safeParse(raw)
  if (!parsed.success) return invalid(parsed.error)
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(spec, scene, actor, parsed.data)
    } catch (problem) {
      const refused = fromDatabase(problem)
      if (refused === "again" && turn < TRIES) continue
      if (refused === "again") return refuse("conflict", "conflict.busy")
      if (refused) return refused
      throw problem
    }
  }
}

/** Carries a refusal out of the transaction, which rolls everything back. */
class RolledBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.says)
  }
}

async function inTransaction<I, L, O>(
  spec: ActSpec<I, L, O>,
  scene: Scene,
  actor: Actor,
  input: I,
): Promise<Outcome<O>> {
  try {
    return await scene.db.transaction(async (tx) => {
      const beyond = await holdWithin(tx, actor, spec.name, input)
      if (beyond) throw new RolledBack(beyond)
      const loaded = await spec.load(tx, input, scene)
      if (loaded === null) throw new RolledBack(refuse("not-found", "not-found"))
      const may = spec.may(actor, loaded, input, scene)
      if (!may.ok) throw new RolledBack(may)
      const outcome = await spec.run(tx, { input, loaded, actor, scene })
      if (!outcome.ok) throw new RolledBack(outcome)
      await scene.pause?.("before-log")
      if (scopeOf(actor).bounds) await letGo(tx)
      await writeLog(tx, scene, actor, spec.name, outcome.done, (now) => spec.may(now, loaded, input, scene))
      return good(outcome.done.value)
    })
  } catch (problem) {
    if (problem instanceof RolledBack) return problem.refusal
    throw problem
  }
}

async function writeLog<O>(
  tx: Tx,
  scene: Scene,
  actor: Actor,
  name: ActName,
  what: Done<O>,
  mayStill: (actor: Actor) => Outcome<unknown>,
): Promise<void> {
  const opened = await openLog(tx, scene.now)
  await stillEntitled(tx, actor, name, opened, mayStill)
  const more = (await what.write?.(tx, { ...opened, indexOf: (event) => opened.size + event })) ?? []
  if (!Array.isArray(more)) throw new RolledBack(more)
  // Whoever looks at the sample is nobody who could be written to.
  const told = { at: opened.at, byPerson: actor.kind === "person" ? actor.id : null, mails: scene.register === "main" }
  if (what.tell?.length) await insertTellings(tx, { occasion: String(opened.size), ...told }, what.tell)
  const who = { ...logActor(actor, roleIn(actor, name)), ...(what.behalf ? { for: what.behalf } : {}) }
  const leaves = [...what.events, ...more].map((event, i) =>
    leafBytes(event, { index: opened.size + i, at: opened.at, origin: opened.origin, actor: who }),
  )
  await appendLog(tx, leaves)
}

/**
 * Under the log's lock, where taking a role away or shutting an account is an act as well: whoever lost either since
 * they knocked acts no more, so that no leaf stands behind the one that ended its author's right.
 */
async function stillEntitled(
  tx: Tx,
  actor: Actor,
  name: ActName,
  place: Opened,
  mayStill: (actor: Actor) => Outcome<unknown>,
): Promise<void> {
  if (actor.kind !== "person" || isOpen(name)) return
  const { state, held } = await standingOf(tx, actor.id, place.at)
  if (state !== "active") throw new RolledBack(refuse("not-allowed", "not-allowed.sign-in"))
  const now: Actor = { ...actor, held }
  const table = mayAct(name, now)
  if (!table.ok) throw new RolledBack(table)
  const may = mayStill(now)
  if (!may.ok) throw new RolledBack(may)
}

function roleIn(actor: Actor, name: ActName): string {
  const may = mayAct(name, actor)
  return may.ok ? may.value.role : "none"
}

/** A refusal from what the schema found: each field by its path. */
export function invalid(error: z.ZodError): Refusal {
  return refuse("invalid", "invalid.form", {
    fields: error.issues.slice(0, 100).map((issue) => ({
      path: issue.path.map(String).join("."),
      says: issue.message.startsWith("invalid.") ? issue.message : "invalid.value",
      params: { detail: issue.message },
    })),
  })
}
