import { behind } from "@/app/wiring"
import { readiness } from "@/usecases/running/ready"

export const dynamic = "force-dynamic"

/** Whether the register can serve: database reachable and migrated, its triggers, grants and head as they must be. */
export async function GET(): Promise<Response> {
  const main = behind("main")
  const state = main ? await readiness(main.db) : { ready: false, why: "not configured" }
  return Response.json(state, { status: state.ready ? 200 : 503, headers: { "cache-control": "no-store" } })
}
