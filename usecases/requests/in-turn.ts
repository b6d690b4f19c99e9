import { proposesMore } from "@/db/statements/requests"
import { idOf } from "@/domain/records/parts"
import type { Act } from "@/usecases/act"
import type { Scene } from "@/usecases/scene"

/** Requests of more records than this take turns. */
const LARGE = 1000

let before: Promise<unknown> = Promise.resolve()

/** Begins the work when what was put in turn before has ended, well or not. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = before.then(work, work)
  before = mine.catch(() => undefined)
  return mine
}

/**
 * The act on a request, one after another in this process where the request is large: it holds all records in memory
 * until it is done, and two at once do not fit the pages' heap. Who waits has not begun, so holds no lock.
 */
export function largeInTurn<O>(act: Act<O>): Act<O> {
  const call = async (scene: Scene, input: unknown): Promise<Awaited<ReturnType<Act<O>>>> =>
    (await isLarge(scene, input)) ? inTurn(() => act(scene, input)) : act(scene, input)
  return Object.assign(call, { actName: act.actName })
}

async function isLarge(scene: Scene, input: unknown): Promise<boolean> {
  const id = (input as { requestId?: unknown } | null)?.requestId
  const known = idOf("request").safeParse(id)
  return known.success && proposesMore(scene.db, known.data, LARGE)
}
