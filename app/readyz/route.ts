import { behind } from "@/app/wiring"
import { filesAlarm } from "@/usecases/files/files-state"
import { readiness, type Readiness } from "@/usecases/running/ready"

export const dynamic = "force-dynamic"

/** Whether the registers can serve: database reachable and migrated, its triggers, grants and head as they must be. */
export async function GET(): Promise<Response> {
  const main = await stateOf("main")
  const sample = await stateOf("sample")
  const state = { ...(main ?? { ready: false, why: "not configured" }), ...(sample ? { sample } : {}) }
  if (sample && !sample.ready && state.ready) {
    state.ready = false
    state.why = `sample company: ${sample.why ?? "not ready"}`
  }
  // Files that are damaged or held say nothing against serving; whoever watches is told of them here.
  const files = main?.ready ? await alarmOf("main") : null
  return Response.json(
    { ...state, ...(files ? { files } : {}) },
    { status: state.ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  )
}

async function alarmOf(register: "main"): Promise<{ faults: number; waiting: number } | null> {
  const there = behind(register)
  return there ? filesAlarm(there.db).catch(() => null) : null
}

/** Null where this server has no register of that name. */
async function stateOf(register: "main" | "sample"): Promise<Readiness | null> {
  const there = behind(register)
  return there ? readiness(there.db) : null
}
