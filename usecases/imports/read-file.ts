import { randomBytes } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Id, IdKind } from "@/domain/core/id"
import { corrected } from "@/domain/imports/corrections"
import { duplicateFinder } from "@/domain/imports/duplicates"
import type { RowRead } from "@/domain/imports/proposal"
import { readRow } from "@/domain/imports/read-row"
import type { SheetRow } from "@/domain/imports/row"
import { readVendor } from "@/domain/imports/vendor"
import { openTable } from "@/formats/open-table"
import { eachRow } from "@/formats/table"
import type { Scene } from "@/usecases/scene"
import type { ImportSettings } from "./settings"

/** Limit of a file of an import, in bytes (security handbook, Files in). */
export const IMPORT_LIMIT = 20 * 1024 * 1024
const SAMPLE = 50

/** Opens a file and looks at its first rows: header, sample, format. Reads no further. */
export async function lookInto(
  path: string,
  name: string,
): Promise<Outcome<{ format: string; sheet: string | null; header: string[]; sample: string[][] }>> {
  const table = await openTable({ path }, name, { limitBytes: IMPORT_LIMIT })
  if (!table.ok) return table
  const sample: string[][] = []
  try {
    for await (const row of table.value.rows) {
      sample.push(row.cells)
      if (sample.length >= SAMPLE) break
    }
  } catch {
    // What breaks further down is told when the whole of it is read.
  } finally {
    await table.value.close()
  }
  if (sample.length === 0) return refuse("invalid", "import.empty")
  return good({ format: table.value.format, sheet: table.value.sheet, header: table.value.header, sample })
}

/**
 * Reads every row of a file by the settings, with what was typed over its cells, and hands each on in order, duplicates
 * marked; those left out by choice are passed over. Gives the number of all rows.
 */
export async function readAll(
  file: { path: string; name: string },
  settings: Pick<ImportSettings, "map" | "mode" | "kind" | "sheet" | "corrections" | "leftOut">,
  on: { entityId: Id<"entity">; newId: <K extends IdKind>(kind: K) => Id<K> },
  take: (read: RowRead, row: SheetRow) => void | Promise<void>,
): Promise<Outcome<number>> {
  const options = { limitBytes: IMPORT_LIMIT, ...(settings.sheet ? { sheet: settings.sheet } : {}) }
  const table = await openTable({ path: file.path }, file.name, options)
  if (!table.ok) return table
  const { header, guarded, format } = table.value
  const twice = duplicateFinder()
  return eachRow(table.value, async (asIs) => {
    if (settings.leftOut && String(asIs.row) in settings.leftOut) return
    const row = corrected(asIs, settings.corrections)
    const again = twice(row)
    const read = again
      ? { row: row.row, proposals: [], problems: [again] }
      : format === "vendor-list"
        ? readVendor(row, header, on)
        : readRow(row, {
            ...on,
            header,
            guarded,
            map: settings.map,
            defaults: {
              ...(settings.mode ? { mode: settings.mode } : {}),
              ...(settings.kind ? { kind: settings.kind } : {}),
            },
          })
    await take(read, row)
  })
}

/** Lays a kept file on the disk for as long as `use` runs. */
export async function onDisk<T>(
  scene: Pick<Scene, "files">,
  sha256: string,
  use: (path: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const stream = await scene.files.read(sha256)
  return stream ? layDown(scene, stream, use) : refuse("not-found", "not-found")
}

/** Lays a stream on the disk for as long as `use` runs: the readers of tables want a file. */
export async function layDown<T>(
  scene: Pick<Scene, "files">,
  stream: Readable,
  use: (path: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const folder = scene.files.temporary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `import-${randomBytes(12).toString("hex")}`)
  try {
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }))
    return await use(path)
  } finally {
    await unlink(path).catch(() => undefined)
  }
}
