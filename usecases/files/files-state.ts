import { z } from "zod"
import { lastScrub, type Scrub } from "@/db/statements/scrubs"
import { scanCounts, scannerState, type ScannerState } from "@/db/statements/scans"
import type { Db } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"

/** How the files are: the last reading of them, the virus scanner, and what waits for it. Names none of them. */
export type FilesState = {
  scrub: Scrub | null
  /** Whether a scanner is named; what it last said of itself. */
  named: boolean
  scanner: ScannerState | null
  scans: { waiting: number; since: Instant | null; infected: number; never: number }
}

/** How the files are, for whoever runs the machine. */
export const filesState = look<object, FilesState>({
  name: "files.state",
  input: z.strictObject({}),
  run: async (tx, { scene }) => {
    const named = Boolean(scene.scanner)
    return good({ scrub: await lastScrub(tx), named, scanner: await scannerState(tx), scans: await scanCounts(tx) })
  },
})

/** What `/readyz` says of the files: numbers alone, for anybody may ask. */
export async function filesAlarm(db: Db): Promise<{ faults: number; waiting: number }> {
  const scrub = await lastScrub(db)
  const faults = (scrub?.faults ?? []).filter((fault) => fault.kind !== "orphaned").length
  return { faults, waiting: (await scanCounts(db)).waiting }
}
