import { z } from "zod"
import { chooseLines, deleteFolder, folderLine, folderLines, freeLine, ownFolder } from "@/db/statements/folders"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { scopeOf } from "@/usecases/scope"
import { FOLDER_FILES } from "./add-file"

type Said = {
  id: Id<"folder">
  line: number
  choice: "confirm" | "aside" | "open"
  agreementId: Id<"agreement"> | null
}

/** What the person says of one file: it belongs to this agreement, it is set aside, or it is open again. */
export const chooseLine = jot<Said, { line: number }>({
  name: "folder.match",
  input: z.strictObject({
    id: idOf("folder"),
    line: z.coerce.number().int().min(1),
    choice: z.enum(["confirm", "aside", "open"]),
    agreementId: idOf("agreement").nullable().default(null),
  }) as unknown as z.ZodType<Said>,
  run: async (tx, { input, actor, scene }) => {
    const folder = await ownFolder(tx, input.id, actor.id, scene.now)
    const one = folder && (await folderLine(tx, folder.id, input.line, true))
    if (!folder || !one) return refuse("not-found", "not-found")
    if (one.state !== "read") return refuse("conflict", "folder.not-read")
    if (one.requestId && !(await freeLine(tx, folder.id, one.line))) return refuse("conflict", "folder.in-draft")
    const agreementId = input.choice === "confirm" ? (input.agreementId ?? one.bestId) : null
    if (input.choice === "confirm") {
      const [record] = agreementId ? await loadRecords(tx, [agreementId], null) : []
      if (record?.kind !== "agreement" || !readable(record, scopeOf(actor)))
        return refuse("invalid", "folder.no-agreement", {
          fields: [{ path: "agreementId", says: "folder.no-agreement" }],
        })
      if (record.standing === "ended")
        return refuse("invalid", "folder.ended", { fields: [{ path: "agreementId", says: "folder.ended" }] })
    }
    const choice = input.choice === "confirm" ? ("confirmed" as const) : input.choice
    await chooseLines(tx, folder.id, [{ line: one.line, choice, agreementId }])
    return good({ line: one.line })
  },
})

const idInput = z.strictObject({ id: idOf("folder") })

/** Confirms every file that is sure and that nobody has said anything of; gives how many. */
export const confirmSure = jot({
  name: "folder.match",
  input: idInput,
  run: async (tx, { input, actor, scene }) => {
    const folder = await ownFolder(tx, input.id, actor.id, scene.now)
    if (!folder) return refuse("not-found", "not-found")
    const sure = await folderLines(tx, folder.id, { view: "sure", after: 0, limit: FOLDER_FILES })
    const ids = [...new Set(sure.flatMap(({ bestId }) => bestId ?? []))]
    const scope = scopeOf(actor)
    const may = new Set<string>(
      (await loadRecords(tx, ids, null)).flatMap((one) =>
        one.kind === "agreement" && one.standing !== "ended" && readable(one, scope) ? [one.id] : [],
      ),
    )
    const said = sure.flatMap(({ line, bestId }) =>
      bestId && may.has(bestId) ? [{ line, choice: "confirmed" as const, agreementId: bestId }] : [],
    )
    return good({ id: folder.id, confirmed: await chooseLines(tx, folder.id, said) })
  },
})

/** Takes a folder away. Files that a draft attaches stay with it. */
export const clearFolder = jot({
  name: "folder.match",
  input: idInput,
  run: async (tx, { input, actor }) =>
    (await deleteFolder(tx, input.id, actor.id)) ? good({}) : refuse("not-found", "not-found"),
})
