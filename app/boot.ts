import { readiness } from "@/usecases/running/ready"
import { warmFacets } from "@/usecases/register/facet-cache"
import { clockNow } from "@/usecases/scene"
import { behind } from "./wiring"

/** Before the first request: the database is opened and asked whether it still defends itself. If not, nobody is served. */
export async function boot(): Promise<void> {
  const main = behind("main")
  const state = main ? await readiness(main.db) : null
  if (main && state?.ready) void warmFacets(main.db, clockNow())
  if (!state || state.ready) return
  process.stderr.write(`Onward cannot serve: ${state.why ?? "the database is not ready"}.\n`)
  process.exit(1)
}
