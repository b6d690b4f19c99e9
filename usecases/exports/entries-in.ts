import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { WalkedLeaf } from "@/db/statements/tree"
import { isLook, isSupervisorsTaking } from "@/domain/audit/seals"
import { ID_PREFIX } from "@/domain/core/id"
import { isAll } from "@/domain/exports/scope"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import { hiddenIds } from "@/usecases/audit/readable"
import { entriesWithin } from "@/usecases/bound"
import type { PackageContext } from "./context"
import { recordsOf } from "./records-in"

/** Acts about the log and the register as a whole, which name no record: whoever takes any part is told of them. */
const OF_ALL = /^(log|stages|trust|disclosure|export|backup)\./
/** What was found out about so many requests is remembered; then it is asked anew. */
const KNOWN = 20_000

/**
 * Which entries of the log a package holds with their bytes: everything that whoever takes it may read, where it is the whole register;
 * else what is about its records, about the requests that are about nothing else they may not know, and about the log itself.
 */
export function toldEntries(on: PackageContext): (page: readonly WalkedLeaf[]) => Promise<Set<number>> {
  const everything = on.scope.entities === null && !on.scope.partiesByEntity && isAll(on.wants)
  const known = new Map<string, boolean>()
  return async (page) => {
    const objects = new Map(page.map((leaf) => [leaf.index, objectIds(leaf)]))
    const requests = page.flatMap((leaf) => requestsOf(leaf, objects.get(leaf.index) ?? []))
    await learn(on, [...new Set(requests)], known)
    const ids = [...new Set([...objects.values()].flat())]
    const hidden = await hiddenIds(on.tx, ids, on.scope, on.asOf)
    const mine = everything ? null : await membersOf(on, ids)
    const at = page.map((leaf) => leaf.at)
    const within = on.scope.bounds ? await entriesWithin(on.tx, at) : at.map(() => true)
    return new Set(
      page.flatMap((leaf, i) => {
        const about = objects.get(leaf.index) ?? []
        const of = requestsOf(leaf, about)
        // Looks are sealed until a visit is over, and the same package has the same bytes before and after: none is in it, and no package that they took.
        if (isSealedLook(leaf) || !within[i]) return []
        if (about.some((id) => hidden.has(id)) || of.some((id) => !known.get(id))) return []
        if (mine === null) return [leaf.index]
        const records = about.filter(isRecord)
        const inside = records.length > 0 ? records.every((id) => mine.has(id)) : of.length > 0 || OF_ALL.test(leaf.act)
        return inside ? [leaf.index] : []
      }),
    )
  }
}

/** What is in no package: a look, and a package that a supervisor took. */
export function isSealedLook(leaf: WalkedLeaf): boolean {
  return isLook(leaf.act) || isSupervisorsTaking(leaf)
}

const objectIds = ({ bytes }: WalkedLeaf): string[] =>
  (JSON.parse(bytes) as { objects?: { id: string }[] }).objects?.map((one) => one.id) ?? []

function requestsOf(leaf: WalkedLeaf, about: readonly string[]): string[] {
  const named = about.filter((id) => id.startsWith(`${ID_PREFIX.request}_`))
  return leaf.requestId === null ? named : [leaf.requestId, ...named]
}

function kindOf(id: string): RecordKind | "entity" | null {
  return (["entity", ...RECORD_KINDS] as const).find((kind) => id.startsWith(`${ID_PREFIX[kind]}_`)) ?? null
}

const isRecord = (id: string): boolean => kindOf(id) !== null

async function membersOf(on: PackageContext, ids: readonly string[]): Promise<Set<string>> {
  const out = new Set<string>()
  for (const kind of ["entity", ...RECORD_KINDS] as const) {
    const some = ids.filter((id) => kindOf(id) === kind)
    if (some.length > 0) for (const record of await recordsOf(on, kind, some)) out.add(record.id)
  }
  return out
}

/**
 * Whether whoever takes the package may know all that the request proposed until the instant: nothing of it restricted to others,
 * nothing of companies that they do not read. It is asked of what was submitted by then, for what the request says today came later.
 */
async function learn(on: PackageContext, ids: readonly string[], known: Map<string, boolean>): Promise<void> {
  if (known.size > KNOWN) known.clear()
  const asked = ids.filter((id) => !known.has(id))
  if (asked.length === 0) return
  const { scope, asOf } = on
  const foreign =
    scope.entities === null
      ? sql`false`
      : sql`coalesce(p.body::jsonb ->> 'entityId', '') <> '' and not (p.body::jsonb ->> 'entityId' = any(${textArray(scope.entities)}::text[]))`
  const found = await rows<{ id: string; submitted: boolean; barred: boolean }>(
    on.tx,
    sql`select want.id,
        exists (select 1 from revisions v where v.request_id = want.id and v.at <= ${asOf}::timestamptz) as submitted,
        exists (select 1 from revision_proposals p join revisions v on v.request_id = p.request_id and v.n = p.n
          where p.request_id = want.id and v.at <= ${asOf}::timestamptz and (
            (position('"restrictedTo":[' in p.body) > 0 and not (p.body::jsonb -> 'restrictedTo') ? ${scope.personId}) or (${foreign}))) as barred
      from unnest(${textArray(asked)}::text[]) as want(id)`,
  )
  for (const { id, submitted, barred } of found) known.set(id, submitted && !barred)
}
