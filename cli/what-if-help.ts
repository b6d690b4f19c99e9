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
  return { helpers, from: FROM, begin: (order) => begin(code, order) }
}

function begin(code: string, order: PartOrder): Promise<Found | null> {
  return new Promise((done, fail) => {
    const thread = new Worker(code, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 96 },
    })
    thread.once("message", done)
    thread.once("error", fail)
    thread.once("exit", (exit) => fail(new Error(`a thread ended with ${exit}`)))
  })
}
