import { adviceAmong, anyAdvice } from "@/db/statements/files"
import { versionsInForce } from "@/db/statements/versions"
import type { Instant } from "@/domain/core/instant"
import type { Tx } from "@/db/connect"
import { fileIdsOf, withoutFiles } from "@/domain/records/advice"
import type { Scope } from "@/usecases/scope"

type Holder = { body: unknown }

/**
 * The files that are legal advice, of those that these bodies hold, which the reader may not know of: whoever put one
 * there may, legal and the DPO may. `anybody`: those that enter no package, whoever takes it (foundation 20).
 */
export async function adviceIn(
  tx: Tx,
  held: readonly Holder[],
  scope: Pick<Scope, "personId" | "legalAdvice"> | "anybody",
): Promise<Set<string>> {
  if (scope !== "anybody" && scope.legalAdvice) return new Set()
  const ids = [...new Set(held.flatMap((one) => fileIdsOf(one.body)))]
  return adviceAmong(tx, ids, scope === "anybody" ? null : scope.personId)
}

/** Records or proposals without the legal advice that the reader may not know of. */
export async function withoutAdvice<T extends Holder>(
  tx: Tx,
  held: readonly T[],
  scope: Pick<Scope, "personId" | "legalAdvice">,
): Promise<T[]> {
  const withheld = await adviceIn(tx, held, scope)
  return withheld.size === 0 ? [...held] : held.map((one) => ({ ...one, body: withoutFiles(one.body, withheld) }))
}

/** Rows of papers, of which one with an adviser's file alone has none: that is no paper, and not for everybody to know. */
export async function papersAlone<T extends Record<string, unknown>>(
  tx: Tx,
  list: readonly T[],
  at: Instant | null,
): Promise<T[]> {
  const ids = list.flatMap((row) => (row.hasFile === true ? [String(row.id)] : []))
  if (ids.length === 0 || !(await anyAdvice(tx))) return [...list]
  const held = (await versionsInForce(tx, ids, at)).map((version) => ({
    id: version.recordId as string,
    files: fileIdsOf((JSON.parse(version.body) as { files: unknown }).files),
  }))
  const advice = await adviceAmong(
    tx,
    held.flatMap((one) => one.files),
    null,
  )
  const alone = new Set(held.flatMap((one) => (one.files.every((file) => advice.has(file)) ? [one.id] : [])))
  return list.map((row) => (alone.has(String(row.id)) ? { ...row, hasFile: false } : row))
}
