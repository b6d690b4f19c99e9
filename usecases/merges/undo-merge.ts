import { sql } from "drizzle-orm"
import { z } from "zod"
import { insertRequest, saveProposals, type ProposalRow } from "@/db/statements/requests"
import { versionsOf } from "@/db/statements/versions"
import { rows, type Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import { neverRan, withoutNamesOf } from "@/domain/merges/merge-proposals"
import { broughtUpToDate } from "@/domain/records/merge"
import { text } from "@/domain/records/parts"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { jot } from "@/usecases/jot"
import { loadRecords, openVersions, type StoredRecord } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

/**
 * Begins the request that undoes a merge: the party that ended stands again with its flows, what was made by the merge
 * ends, and what somebody changed since stays changed.
 */
export const undoMerge = jot<{ recordId: string; title: string }, { id: string; records: number }>({
  name: "request.draft",
  input: z.strictObject({ recordId: z.string().max(40), title }) as unknown as z.ZodType<{
    recordId: string
    title: string
  }>,
  run: async (tx, { input: asked, actor, scene }) => {
    const scope = scopeOf(actor)
    const [party] = await loadRecords(tx, [asked.recordId], null)
    if (party?.kind !== "party" || !readable(party, scope)) return refuse("not-found", "not-found")
    const merge = party.body.mergedInto === null ? null : await mergeOf(tx, party.id)
    if (merge === null) return refuse("conflict", "conflict.not-merged")
    if (scope.entities !== null) return refuse("not-allowed", "not-allowed.merge-all")
    const proposals: Omit<ProposalRow, "position">[] = []
    for (const { id, n } of await broughtBy(tx, merge)) {
      const versions = await openVersions(tx, await versionsOf(tx, id, null))
      const one = takenBack(versions, n)
      if (one && readable(one.head, scope)) proposals.push(rowOf(one))
    }
    const id = newId(scene, "request")
    const named = asked.title.trim()
    await insertRequest(tx, {
      ...{ id, title: named, fold: fold(named), kind: "change", by: actor.id, at: scene.now },
      restrictedTo: party.body.restrictedTo,
    })
    await saveProposals(
      tx,
      id,
      scene.now,
      proposals.map((one, i) => ({ ...one, position: i + 1 })),
    )
    return good({ id, records: proposals.length })
  },
})

/** The request that merged the party: of the version that first names where it went, whatever was mended in it since. */
async function mergeOf(tx: Tx, partyId: string): Promise<string | null> {
  const versions = await openVersions(tx, await versionsOf(tx, partyId, null))
  const went = (one: StoredRecord): boolean => one.kind === "party" && one.body.mergedInto !== null
  const before = versions.findLastIndex((one) => !went(one))
  return versions[before + 1]?.requestId ?? null
}

/** Which version of which record the request brought into force. */
async function broughtBy(tx: Tx, requestId: string): Promise<{ id: string; n: number }[]> {
  return rows(tx, sql`select record_id as id, n from versions where request_id = ${requestId} order by log_index`)
}

type TakenBack = { head: StoredRecord; op: "change" | "end"; body: StoredRecord["body"] }

/** What the merge made ends; what it changed goes back to what it was, with what was changed since. */
function takenBack(versions: readonly StoredRecord[], n: number): TakenBack | null {
  const [made, before] = [n, n - 1].map((wanted) => versions.find((one) => one.version === wanted))
  const head = versions[versions.length - 1]
  if (!made || !head) return null
  if (!before) {
    if (head.standing === "ended") return null
    const body = head.kind === "sharing" ? neverRan(head.body as Sharing) : head.body
    return { head, op: "end", body }
  }
  const { body } = broughtUpToDate(made.body as never, before.body as never, head.body as never)
  const names = head.kind === "party" ? withoutNamesOf(before.body as Party, made.body as Party, head.body) : {}
  return { head, op: "change", body: { ...(body as StoredRecord["body"]), ...names } as StoredRecord["body"] }
}

function rowOf({ head, op, body }: TakenBack): Omit<ProposalRow, "position"> {
  return {
    ...{ recordId: head.id as string, kind: head.kind, op, baseVersion: head.version, body: canonical(body) },
    ...{ discovered: false, importId: null, sheet: null, row: null },
  }
}
