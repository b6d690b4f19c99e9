import { z } from "zod"
import { insertImport } from "@/db/statements/imports"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Id } from "@/domain/core/id"
import { recogniseColumns } from "@/domain/imports/columns"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { discard, putFile, type Received } from "@/usecases/files/put-file"
import { jot } from "@/usecases/jot"
import { newId, type Scene } from "@/usecases/scene"
import { layDown, lookInto } from "./read-file"
import { NOTHING_YET, type ImportSettings } from "./settings"

/**
 * Takes a received file as an import of one company: looks into it, recognises its columns, keeps it. A file that
 * cannot be read is refused with its reason, and nothing of it is kept.
 */
export async function openImport(
  scene: Scene,
  sent: { name: string; received: Received; entityId: string },
): Promise<Outcome<{ id: string }>> {
  const may = scene.actor ? mayAct("import.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  const gone = async <T>(outcome: T): Promise<T> => {
    await discard(scene, sent.received)
    return outcome
  }
  if (!may.ok) return gone(may)
  // A stranger's file is read by nobody before the virus scanner has answered, where one is named.
  if (sent.received.scan === "waiting") return gone(refuse("conflict", "conflict.scanner-away"))
  const seen = await layDown(scene, scene.files.staged(sent.received), (path) => lookInto(path, sent.name))
  if (!seen.ok) return gone(seen)
  const kept = await putFile(scene, { name: sent.name, use: "import", received: sent.received })
  if (!kept.ok) return gone(kept)
  const settings: ImportSettings = {
    header: seen.value.header,
    sample: seen.value.sample.slice(0, 5).map((cells) => cells.map((cell) => cell.slice(0, 200))),
    sheet: seen.value.sheet,
    map: recogniseColumns(seen.value.header, seen.value.sample),
    mode: null,
    kind: null,
    joins: [],
  }
  return putDown(scene, {
    fileId: kept.value.id,
    name: kept.value.name,
    sha256: kept.value.sha256,
    format: seen.value.format,
    entityId: sent.entityId,
    settings,
  })
}

const input = z.strictObject({
  fileId: idOf("file"),
  name: z.string().max(300),
  sha256: z.string().length(64),
  format: z.string().max(20),
  entityId: idOf("entity"),
  settings: z.custom<ImportSettings>((value) => typeof value === "object" && value !== null && "map" in value),
})
type Input = z.output<typeof input>

const putDown = jot<Input, { id: string }>({
  name: "import.make",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    if (!(["procurement", "legal", "dpo"] as const).some((role) => holdsRole(actor, role, asked.entityId)))
      return refuse("not-allowed", "not-allowed.role")
    const id: Id<"import"> = newId(scene, "import")
    await insertImport(tx, { ...asked, id, byPerson: actor.id, at: scene.now, state: "opened", counts: NOTHING_YET })
    return good({ id })
  },
})
