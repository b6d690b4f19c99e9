import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { sizeAt } from "@/db/statements/log"
import { base64 } from "@/domain/audit/note"
import { TAKING } from "@/domain/audit/seals"
import type { Instant } from "@/domain/core/instant"
import { entriesWithin } from "@/usecases/bound"
import { consistencyProof, rootAt } from "@/usecases/log/proofs"
import type { PackageContext } from "./context"

export type Previous = { asOf: Instant; logSize: number; logRoot: string; proof: string[] }

const PAGE = 50

/**
 * The package that was taken last before the log had the size that this one is about, with the proof that its log is the beginning of this
 * one: of those that whoever takes this one may know of. What a supervisor took is sealed with their looks, and named to nobody but
 * themselves: not once the visit is over either, for the same package has the same bytes before and after. A package that
 * bears no mark of its taker names none of theirs, for others get the same bytes.
 */
export async function previousPackage(on: PackageContext): Promise<Previous | null> {
  const { tx, about } = on
  const said = await lastKnown(on)
  if (!said?.asOf) return null
  // Packages of earlier forms say their instant alone.
  const logSize = said.logSize ?? (await sizeAt(tx, said.asOf))
  return {
    ...{ asOf: said.asOf, logSize, logRoot: Buffer.from(await rootAt(tx, logSize)).toString("hex") },
    proof: (await consistencyProof(tx, logSize, about.logSize)).map(base64),
  }
}

type Said = { asOf?: Instant; logSize?: number }

async function lastKnown({ tx, about, scope }: PackageContext): Promise<Said | null> {
  const own = about.watermark?.person ?? ""
  for (let before = about.logSize; ;) {
    const found = await rows<{ index: number; at: Instant; bytes: string }>(
      tx,
      sql`select index, at, bytes from log_leaves where act = ${TAKING} and index < ${before}
        and (actor_id = ${own} or bytes::jsonb -> 'actor' ->> 'role' is distinct from 'supervisor') order by index desc limit ${PAGE}`,
    )
    // A bound reader is told of no entry outside their days.
    const at = found.map((one) => one.at)
    const within = scope.bounds ? await entriesWithin(tx, at) : at.map(() => true)
    const last = found.find((_one, i) => within[i])
    if (last) return (JSON.parse(last.bytes) as { after?: Said }).after ?? null
    if (found.length < PAGE) return null
    before = (found[found.length - 1] as { index: number }).index
  }
}
