import { ownersAbout, type OwnerAbout } from "@/db/statements/value-owners"
import type { Tx } from "@/db/connect"
import { ID_PREFIX, type IdKind } from "@/domain/core/id"
import { isRecordKind } from "@/usecases/register/records"
import { requestScope } from "@/usecases/requests/list-requests"
import type { Scope } from "@/usecases/scope"
import { hiddenIds } from "./readable"

const KINDS = new Map<string, IdKind>(Object.entries(ID_PREFIX).map(([kind, prefix]) => [prefix, kind as IdKind]))
const kindOf = (id: string): IdKind | null => KINDS.get(id.slice(0, id.indexOf("_"))) ?? null

const DEEPEST = 3

/** Rules that everybody reads belong to no company. */
const EVERYBODYS: readonly (IdKind | null)[] = ["trustList", "template", "pack"]

/**
 * Of what values belong to, what the reader may not know: records, requests and announcements as everywhere; what is proposed and not in
 * force by its request; questions, letters and copies by what they are about; holds and letters of authorities by their companies. Of what
 * nobody can tell the company, whoever reads all of them knows.
 */
export async function hiddenOwners(tx: Tx, ids: readonly string[], scope: Scope): Promise<Set<string>> {
  const told = new Map<string, OwnerAbout>()
  const all = new Set(ids)
  // An erasure is about a question, and that about a record: nothing is about more than that.
  for (let round = 0, fresh = [...all]; round < DEEPEST && fresh.length > 0; round += 1) {
    const found = await ownersAbout(tx, fresh, requestScope(scope))
    for (const one of found) told.set(one.id, one)
    fresh = [...new Set(found.flatMap((one) => one.about))].filter((id) => !all.has(id))
    for (const id of fresh) all.add(id)
  }
  const hidden = await hiddenIds(tx, [...all], scope)
  const reads = (companies: readonly string[]): boolean =>
    scope.entities === null || companies.every((id) => scope.entities?.includes(id))
  const known = (id: string): boolean => {
    if (hidden.has(id)) return false
    const kind = kindOf(id)
    const one = told.get(id)
    if (kind === "entity") return reads([id])
    if (kind === "request" || kind === "announcement") return true
    if (EVERYBODYS.includes(kind) || id === "stage-rules") return true
    if (kind !== null && isRecordKind(kind)) return one?.known ?? false
    if (!one) return scope.entities === null
    const theirs =
      one.companies === null || reads(one.companies) || (one.any && one.companies.some((company) => reads([company])))
    return theirs && one.about.every(known)
  }
  return new Set(ids.filter((id) => !known(id)))
}
