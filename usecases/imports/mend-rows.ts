import { z } from "zod"
import { badRowsAt, moveImport } from "@/db/statements/imports"
import { good, refuse } from "@/domain/core/outcome"
import { withLeftOut, withTyped } from "@/domain/imports/corrections"
import { idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { mine } from "./set-columns"
import { NOTHING_YET, type ImportSettings } from "./settings"

/** So much may be typed over a file in all; whoever has to change more mends the file. */
const MOST_TYPED = 200_000

const cell = z.strictObject({
  row: z.int().min(0),
  place: z.int().min(0).max(999),
  value: z.string().max(4000),
})

const rowNumber = z.int().min(0)

/**
 * Keeps what was typed in place of cells of rows that cannot be taken, and which of those rows are left out or taken back,
 * with who said so, and asks for the dry run again. The file stays as it came; nothing of the register changes.
 */
export const mendRows = jot({
  name: "import.make",
  input: z.strictObject({
    importId: idOf("import"),
    // As many as a page of fifty rows of the widest table has.
    cells: z.array(cell).max(15_000).default([]),
    leave: z.array(rowNumber).max(1000).default([]),
    back: z.array(rowNumber).max(1000).default([]),
  }),
  run: async (tx, { input, actor, scene }) => {
    const found = await mine(tx, input.importId, actor)
    if (!found.ok) return found
    if (found.value.state !== "tried") return refuse("conflict", "conflict.import-busy")
    const settings = found.value.settings as ImportSettings
    const asked = [...new Set([...input.cells.map((one) => one.row), ...input.leave])]
    const wrong = await badRowsAt(tx, found.value.id, asked)
    const left = withLeftOut(settings.leftOut ?? {}, input, {
      wrong: new Set(wrong.map((one) => one.row)),
      by: actor.id,
      at: scene.now,
    })
    const { corrections, changed: typed } = withTyped(settings.corrections ?? {}, input.cells, {
      read: new Map(wrong.map((one) => [one.row, one.cells])),
      columns: settings.header.length,
      by: actor.id,
      at: scene.now,
    })
    const changed = typed + left.changed
    if (changed === 0) return refuse("invalid", "import.nothing-typed")
    if (JSON.stringify([corrections, left.leftOut]).length > MOST_TYPED)
      return refuse("invalid", "import.too-much-typed")
    await moveImport(tx, found.value.id, {
      state: "trying",
      settings: { ...settings, corrections, leftOut: left.leftOut },
      counts: NOTHING_YET,
    })
    return good({ id: found.value.id, changed })
  },
})
