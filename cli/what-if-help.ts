import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { Worker } from "node:worker_threads"
import type { Found, Help, PartOrder } from "@/usecases/whatif/together"

const MOST = 3
/** What fewer take is not much more than what a thread takes to begin: a third of a second. */
const FROM = 4_000

/**
 * Threads beside the worker that help with a run, one less than the machine has cores. Null where there is one core, or where their
 * code does not lie beside ours. Each has room for a few batches at once in the young part of its heap: what is read for a batch is
 * then let go with it, and never tidied.
 */
export function threadHelp(): Help | null {
  const code = fileURLToPath(new URL("./what-if-part.mjs", import.meta.url))
  const helpers = Math.min(availableParallelism() - 1, MOST)
  if (helpers < 1 || !existsSync(code)) return null
  return { helpers, from: FROM, ready: () => ready(code, helpers), begin: (order) => begin(code, order) }
}

/** Begins those that do not wait yet: to load their code takes as long as to look up what they will do. */
function ready(code: string, helpers: number): void {
  while (waiting.length < helpers) kept(started(code))
}

type Said = { found: Found | null } | { broken: string }
type Thread = { worker: Worker; ends: ReturnType<typeof setTimeout> | null }

/** Threads that wait for the next run: what they have compiled by then is worth more than a second of work. */
const waiting: Thread[] = []
const WAITS = 2 * 60_000

function begin(code: string, order: PartOrder): Promise<Found | null> {
  const thread = taken() ?? started(code)
  const { worker } = thread
  return new Promise((done, fail) => {
    const heard = (said: Said): void => {
      over()
      if ("broken" in said) {
        void worker.terminate()
        return fail(new Error(said.broken))
      }
      kept(thread)
      done(said.found)
    }
    const broke = (broken: unknown): void => {
      over()
      fail(broken)
    }
    const ended = (exit: number): void => broke(new Error(`a thread ended with ${exit}`))
    const over = (): void => void worker.off("message", heard).off("error", broke).off("exit", ended)
    worker.on("message", heard).on("error", broke).on("exit", ended)
    worker.postMessage(order)
  })
}

function started(code: string): Thread {
  const worker = new Worker(code, { resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 96 } })
  const thread: Thread = { worker, ends: null }
  // One that breaks while it waits ends, and the next run begins another: whoever has it work hears of it as well.
  worker.on("error", () => undefined).once("exit", () => gone(thread))
  return thread
}

function gone(thread: Thread): void {
  const at = waiting.indexOf(thread)
  if (at >= 0) waiting.splice(at, 1)
}

/** One that waits; it keeps the process going while it works. */
function taken(): Thread | null {
  const thread = waiting.pop() ?? null
  if (thread?.ends) clearTimeout(thread.ends)
  thread?.worker.ref()
  return thread
}

/** Lets it wait, without keeping the process going, until nobody has asked for a while. */
function kept(thread: Thread): void {
  thread.worker.unref()
  thread.ends = setTimeout(() => {
    gone(thread)
    void thread.worker.terminate()
  }, WAITS)
  thread.ends.unref()
  waiting.push(thread)
}
