import { proposesMore } from "@/db/statements/requests"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import type { Act } from "@/usecases/act"
import type { Scene } from "@/usecases/scene"

/** Requests of more records than this take turns. */
const LARGE = 1000

/** Nobody waits longer for their turn: the lines between them and us are cut at some time. */
const PATIENCE_MS = 60_000

let before: Promise<unknown> = Promise.resolve()

/**
 * Begins the work when what was put in turn before has ended, well or not. Where that takes longer than `patienceMs` it
 * gives null, and the work is never begun.
 */
export function inTurn<T>(work: () => Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T | null> {
  return new Promise<T | null>((done, fail) => {
    let gone = false
    const late = setTimeout(() => {
      gone = true
      done(null)
    }, patienceMs)
    before = before.then(async () => {
      if (gone) return
      clearTimeout(late)
      // Also what fails before it waits for anything fails here, so that the turn goes on.
      await Promise.resolve().then(work).then(done, fail)
    })
  })
}

/**
 * The act on a request, one after another in this process where the request is large: it holds all records in memory
 * until it is done, and two at once do not fit the pages' heap. Who waits has not begun, so holds no lock. The turns are
 * the process's and not the register's: main register and sample share the heap that they guard. Nothing is known by them
 * that would have to outlive the process (foundation 27).
 */
export function largeInTurn<O>(act: Act<O>): Act<O> {
  const call = async (scene: Scene, input: unknown): Promise<Outcome<O>> => {
    if (!(await isLarge(scene, input))) return act(scene, input)
    return (await inTurn(() => act(scene, input))) ?? refuse("conflict", "conflict.in-turn")
  }
  return Object.assign(call, { actName: act.actName })
}

async function isLarge(scene: Scene, input: unknown): Promise<boolean> {
  const id = (input as { requestId?: unknown } | null)?.requestId
  const known = idOf("request").safeParse(id)
  return known.success && proposesMore(scene.db, known.data, LARGE)
}
