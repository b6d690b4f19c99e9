import { administratorsNow } from "@/db/statements/scans"
import { insertTellings } from "@/db/statements/tellings"
import { trustListRows } from "@/db/statements/trust"
import { dayIn } from "@/domain/core/day"
import { isPastUpdate } from "@/domain/signatures/trust-list"
import { standingOf } from "@/usecases/signatures/current-trust"
import type { Scene } from "@/usecases/scene"

/** The worker's part: administrators are told once that the list in force says of itself that there should be a newer one. */
export async function tellOldTrust(scene: Pick<Scene, "db" | "now" | "register">): Promise<boolean> {
  const standing = standingOf(await trustListRows(scene.db), scene.now)
  if (!standing || !isPastUpdate(standing.nextUpdateOn, dayIn("UTC", scene.now))) return false
  const on = { occasion: `trust-old:${standing.id}`, at: scene.now, byPerson: null, mails: scene.register === "main" }
  const to = await administratorsNow(scene.db, scene.now)
  await insertTellings(scene.db, on, [{ kind: "trust", to, clause: standing.id, what: "old" }])
  return true
}
