import { closeDb, openDb } from "@/db/connect"
import { decideRequest } from "@/usecases/requests/decide-request"
import { reopenRequest } from "@/usecases/requests/talk"
import { actorById, sceneFor } from "./people"

/** What the other process is told to do at the barrier, and what came of it. */
export type Move = { round: number; personId: string; call: "decide" | "reopen"; input: unknown }
export type Came = { round: number; ok: boolean; code: string | null; says: string | null }

const db = openDb(process.env.ONWARD_RACE_URL ?? "", { name: "onward-racer", max: 4 })

// A server process of its own: it opens its own connections and knows nothing of the other but through the database.
process.on("message", (move: Move | "end") => {
  if (move === "end") {
    void closeDb(db).then(() => process.exit(0))
    return
  }
  void run(move).then((came) => process.send?.(came))
})
process.send?.("ready")

async function run(move: Move): Promise<Came> {
  const scene = sceneFor(db, await actorById(db, move.personId))
  const outcome = await (move.call === "decide" ? decideRequest(scene, move.input) : reopenRequest(scene, move.input))
  return outcome.ok
    ? { round: move.round, ok: true, code: null, says: null }
    : { round: move.round, ok: false, code: outcome.code, says: outcome.says }
}
