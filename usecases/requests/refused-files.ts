import { z } from "zod"
import type { Tx } from "@/db/connect"
import { filesById } from "@/db/statements/files"
import { draftProposals, type ProposalRow } from "@/db/statements/requests"
import type { Id } from "@/domain/core/id"
import { good, refuse, type Refusal } from "@/domain/core/outcome"
import type { RecordKind } from "@/domain/records/kinds"
import { fileIdsOf, withoutFiles } from "@/domain/records/advice"
import { filesNamedIn } from "@/domain/records/files-named"
import { idOf } from "@/domain/records/parts"
import { infectedAmong } from "@/usecases/files/held"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { editable, putProposal } from "./draft-request"
import { openDrafts } from "./revision"

type Named = { id: string; name: string; records: string[] }

/**
 * Files of a draft in which the scanner found something, with the records that it would lay them beside. What a record in force
 * names already stands there by its hash and is no new paper.
 */
export async function refusedInDraft(tx: Tx, drafts: readonly ProposalRow[]): Promise<Named[]> {
  const named = new Map<string, string[]>()
  for (const { recordId, body } of drafts)
    for (const id of filesNamedIn(body)) named.set(id, [...(named.get(id) ?? []), recordId])
  const bad = await infectedAmong(tx, [...named.keys()])
  if (bad.length === 0) return []
  const records = [...new Set(bad.flatMap((id) => named.get(id) ?? []))]
  const stand = new Map((await loadRecords(tx, records, null)).map((one) => [one.id as string, fileIdsOf(one.body)]))
  const names = await filesById(tx, bad)
  return bad.flatMap((id) => {
    const fresh = (named.get(id) ?? []).filter((record) => !stand.get(record)?.includes(id))
    return fresh.length ? [{ id, name: names.get(id)?.name ?? id, records: fresh }] : []
  })
}

/** The refusal of a draft that names such files; null: it names none. */
export async function refusedByScanner(tx: Tx, drafts: readonly ProposalRow[]): Promise<Refusal | null> {
  const found = await refusedInDraft(tx, drafts)
  if (found.length === 0) return null
  const names = found
    .slice(0, 5)
    .map((file) => file.name)
    .join(", ")
  return refuse("conflict", "conflict.files-refused", {
    params: { names },
    fields: found.flatMap(({ records }) => records.map((path) => ({ path, says: "files.take-this-out" }))),
  })
}

/** Takes the files in which the scanner found something out of one's own draft: their lines, and what points into them. */
export const dropRefusedFiles = jot<{ requestId: Id<"request"> }, { files: number }>({
  name: "request.draft",
  input: z.strictObject({ requestId: idOf("request") }) as unknown as z.ZodType<{ requestId: Id<"request"> }>,
  run: async (tx, { input: { requestId }, actor, scene }) => {
    const request = await editable(tx, requestId, actor)
    if (!request.ok) return request
    const drafts = await draftProposals(tx, requestId)
    const found = await refusedInDraft(tx, drafts)
    const records = new Set(found.flatMap((file) => file.records))
    for (const { recordId, kind, op, body, discovered } of openDrafts(
      drafts.filter((one) => records.has(one.recordId)),
    )) {
      const bad = new Set(found.flatMap((file) => (file.records.includes(recordId) ? [file.id] : [])))
      const saved = await putProposal(tx, {
        input: {
          requestId,
          recordId,
          kind: kind as RecordKind,
          op,
          discovered,
          body: withoutFiles<unknown>(body, bad),
        },
        actor,
        scene,
      })
      if (!saved.ok) return saved
    }
    return good({ files: found.length })
  },
})
