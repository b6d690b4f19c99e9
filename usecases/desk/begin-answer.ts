import { z } from "zod"
import { insertRequest, saveProposals } from "@/db/statements/requests"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import type { Assessment } from "@/domain/records/assessment"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { text } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

/**
 * Begins the request by which a question is answered or a review is done: a change of the record as it stands, or a new
 * assessment about the same in place of one that runs out. Gives the record whose form is to be opened.
 */
export const beginAnswer = jot({
  name: "request.draft",
  input: z.strictObject({ recordId: z.string().max(40), title, renew: z.boolean().default(false) }),
  run: async (tx, { input, actor, scene }) => {
    const [record] = await loadRecords(tx, [input.recordId], null)
    if (!record || record.standing === "ended" || !readable(record, scopeOf(actor)))
      return refuse("not-found", "not-found")
    const id = newId(scene, "request")
    const { restrictedTo } = record.body
    await insertRequest(tx, {
      ...{ id, title: input.title, fold: fold(input.title), kind: "change", by: actor.id, at: scene.now, restrictedTo },
    })
    const anew = input.renew && record.kind === "assessment" ? afresh(record.body) : null
    const recordId: string = anew ? newId(scene, "assessment") : record.id
    await saveProposals(tx, id, scene.now, [
      {
        ...{ recordId, kind: record.kind, op: anew ? "create" : "change", position: 1, discovered: false },
        baseVersion: anew ? null : record.version,
        body: canonical(anew ?? record.body),
        ...{ importId: null, sheet: null, row: null },
      },
    ])
    return good({ id, recordId })
  },
})

/** An assessment about the same as another, with nothing in it yet. */
function afresh(before: Assessment): Assessment {
  const { kind, partyId, sharingId, title: named, restrictedTo } = before
  return { ...(blankOf(FIELDS.assessment) as Assessment), kind, partyId, sharingId, title: named, restrictedTo }
}
