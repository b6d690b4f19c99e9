import { z } from "zod"
import { insertRequest, saveProposals } from "@/db/statements/requests"
import { openRequestsOf } from "@/db/statements/renewals"
import { beginningOf, RENEWAL_WAYS, type RenewalWay } from "@/domain/agreements/begin"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import { idOf, text } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { requestScope } from "@/usecases/requests/list-requests"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { todayOfPaper } from "./read-renewal"

const input = z.strictObject({
  agreementId: idOf("agreement"),
  way: z.enum(RENEWAL_WAYS),
  title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
  /** Begun although a request about the same paper is under way. */
  anyway: z.boolean().default(false),
})

/**
 * Begins the request that renews a paper, lets it lapse or puts another in its place, with what follows from its terms
 * already proposed. Nothing is submitted. Gives the record whose form is to be opened, and at which field.
 */
export const beginRenewal = jot<
  { agreementId: string; way: RenewalWay; title: string; anyway: boolean },
  { id: string; recordId: string; path: string; op: string }
>({
  name: "request.draft",
  input: input as unknown as z.ZodType<{ agreementId: string; way: RenewalWay; title: string; anyway: boolean }>,
  run: async (tx, { input: asked, actor, scene }) => {
    const scope = scopeOf(actor)
    const [record] = await loadRecords(tx, [asked.agreementId], null)
    if (record?.kind !== "agreement" || record.standing === "ended" || !readable(record, scope))
      return refuse("not-found", "not-found")
    const [open] = await openRequestsOf(tx, record.id, requestScope(scope))
    if (open && !asked.anyway)
      return refuse("conflict", "conflict.renewal-open", { params: { no: open.no ?? 0, title: open.title } })
    const today = await todayOfPaper(tx, record.body.entityId, scene.now)
    const begun = beginningOf(asked.way, { id: record.id, body: record.body, standing: record.standing }, today)
    if (begun === null) return refuse("conflict", "conflict.renewal-no-term")
    const id = newId(scene, "request")
    const { restrictedTo } = record.body
    await insertRequest(tx, {
      ...{ id, title: asked.title, fold: fold(asked.title), kind: "change", by: actor.id, at: scene.now, restrictedTo },
    })
    const anew = begun.op === "create"
    const recordId: string = anew ? newId(scene, "agreement") : record.id
    await saveProposals(tx, id, scene.now, [
      {
        ...{ recordId, kind: "agreement", op: begun.op, position: 1, discovered: false },
        baseVersion: anew ? null : record.version,
        body: canonical(begun.body),
        ...{ importId: null, sheet: null, row: null },
      },
    ])
    return good({ id, recordId, path: begun.path, op: begun.op })
  },
})
