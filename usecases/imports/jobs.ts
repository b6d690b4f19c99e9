import { claimImport, moveImport, waitingImports, type ImportRow } from "@/db/statements/imports"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { namesOf } from "@/usecases/requests/named-by"
import { writeRequest } from "./propose-import"
import { tryImport } from "./try-import"

/** Does every import that waits, oldest first, each as the person who made it. Gives how many were done. */
export async function doImports(scene: Scene): Promise<number> {
  const waiting = await waitingImports(scene.db)
  for (const row of waiting) {
    if (!(await claimImport(scene.db, row.id, row.state === "trying" ? "trying" : "proposing"))) continue
    try {
      await doImport({ ...scene, now: clockNow(), actor: await makerOf(scene, row) }, row)
    } catch (broken) {
      // One file that breaks the reader must not keep the others waiting; the trace goes to whoever runs the machine.
      process.stderr.write(
        `import ${row.id}: ${broken instanceof Error ? (broken.stack ?? broken.message) : String(broken)}\n`,
      )
      await moveImport(scene.db, row.id, {
        state: "failed",
        problem: JSON.stringify({ says: "import.broke", params: {} }),
      })
    }
  }
  return waiting.length
}

/** Does one waiting import: its dry run, or its request. */
export async function doImport(scene: Scene, row: ImportRow): Promise<void> {
  if (row.state === "trying") await tryImport(scene, row)
  else await writeRequest(scene, row)
}

async function makerOf(scene: Scene, row: ImportRow): Promise<Actor> {
  const names = await scene.db.transaction((tx) => namesOf(tx, [row.byPerson]))
  return {
    kind: "person",
    id: row.byPerson as Id<"person">,
    name: names[row.byPerson] ?? "",
    held: await heldRoles(scene.db, row.byPerson, clockNow()),
    via: "page",
    session: null,
  }
}
