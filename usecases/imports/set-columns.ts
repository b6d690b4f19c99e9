import type { z } from "zod"
import { moveImport, readImportRow, type ImportRow } from "@/db/statements/imports"
import type { Tx } from "@/db/connect"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { ColumnMap } from "@/domain/imports/columns"
import { holdsRole } from "@/domain/people/permissions"
import { jot } from "@/usecases/jot"
import type { Actor } from "@/usecases/scene"
import { NOTHING_YET, settingsInput, type ImportSettings } from "./settings"

type Input = z.output<typeof settingsInput>

/** The import, locked, if this person may move it on: whoever decides in its company. Others do not know of it. */
export async function mine(tx: Tx, id: string, actor: Actor): Promise<Outcome<ImportRow>> {
  const found = await readImportRow(tx, id, true)
  const may = found && (["procurement", "legal", "dpo"] as const).some((role) => holdsRole(actor, role, found.entityId))
  return found && may ? good(found) : refuse("not-found", "not-found")
}

/** Sets what the columns mean and asks for a dry run; the worker reads the file. Nothing of the register changes. */
export const setColumns = jot<Input, { id: string }>({
  name: "import.make",
  input: settingsInput as unknown as z.ZodType<Input>,
  run: async (tx, { input, actor }) => {
    const found = await mine(tx, input.importId, actor)
    if (!found.ok) return found
    if (["trying", "reading", "proposing", "writing", "proposed"].includes(found.value.state))
      return refuse("conflict", "conflict.import-busy")
    const settings = found.value.settings as ImportSettings
    const map: ColumnMap = {}
    for (const [place, field] of Object.entries(input.map))
      if (Number(place) < settings.header.length) map[Number(place)] = field as ColumnMap[number]
    await moveImport(tx, found.value.id, {
      state: "trying",
      settings: { ...settings, map, mode: input.mode, kind: input.kind, joins: input.joins },
      counts: NOTHING_YET,
    })
    return good({ id: found.value.id })
  },
})
