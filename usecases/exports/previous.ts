import { sql } from "drizzle-orm"
import { row, type Tx } from "@/db/connect"
import { sizeAt } from "@/db/statements/log"
import { base64 } from "@/domain/audit/note"
import type { Instant } from "@/domain/core/instant"
import { consistencyProof, rootAt } from "@/usecases/log/proofs"

export type Previous = { asOf: Instant; logSize: number; logRoot: string; proof: string[] }

/** The package that was taken last before the log had that size, with the proof that its log is the beginning of this one. */
export async function previousPackage(tx: Tx, size: number): Promise<Previous | null> {
  const found = await row<{ bytes: string }>(
    tx,
    sql`select bytes from log_leaves where act = 'export.make' and index < ${size} order by index desc limit 1`,
  )
  const said = found && (JSON.parse(found.bytes) as { after?: { asOf?: Instant; logSize?: number } }).after
  if (!said?.asOf) return null
  // Packages of earlier forms say their instant alone.
  const logSize = said.logSize ?? (await sizeAt(tx, said.asOf))
  return {
    ...{ asOf: said.asOf, logSize, logRoot: Buffer.from(await rootAt(tx, logSize)).toString("hex") },
    proof: (await consistencyProof(tx, logSize, size)).map(base64),
  }
}
