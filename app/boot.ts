import { readiness } from "@/usecases/running/ready"
import { warmFacets } from "@/usecases/register/facet-cache"
import { clockNow } from "@/usecases/scene"
import { behind, type Behind } from "./wiring"

/** What start reads from the exit: the register is not fit to be served, and starting again mends nothing. */
const NOT_FIT = 78
const AGAIN_MS = 2000

/**
 * Before the first request: the database is opened and asked whether it still defends itself; if not, nobody is served.
 * One that cannot be reached is asked again until it can: meanwhile pages and `/readyz` say so.
 */
export async function boot(): Promise<void> {
  const main = behind("main")
  if (main) await ask(main)
}

async function ask(main: Behind): Promise<void> {
  const state = await readiness(main.db)
  if (state.ready) {
    void warmFacets(main.db, clockNow())
    return
  }
  process.stderr.write(`The register cannot be served: ${state.why ?? "it does not answer"}.\n`)
  if (!state.away) process.exit(NOT_FIT)
  setTimeout(() => void waitFor(main), AGAIN_MS).unref()
}

/** Asks again, silently while there is no answer. */
async function waitFor(main: Behind): Promise<void> {
  const state = await readiness(main.db)
  if (state.away) setTimeout(() => void waitFor(main), AGAIN_MS).unref()
  else await ask(main)
}
