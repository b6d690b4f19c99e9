import { z } from "zod"
import { insertRequest, saveProposals } from "@/db/statements/requests"
import { lockBegun, openRequestsOf, type OpenRequest } from "@/db/statements/renewals"
import { beginningOf, needsNotice, RENEWAL_WAYS } from "@/domain/agreements/begin"
import { rulesOf } from "@/domain/agreements/rules-of"
import { standingOn } from "@/domain/agreements/terms"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Refusal } from "@/domain/core/outcome"
import { dayShape, idOf, text } from "@/domain/records/parts"
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
  /** Begun although requests about the same paper are under way; `seen`: those that were shown. Not said: whichever there are. */
  anyway: z.boolean().default(false),
  seen: z.array(idOf("request")).max(50).nullable().default(null),
  /** The day on which notice was given, where letting it lapse needs one. */
  noticeOn: dayShape.nullable().default(null),
})
type Asked = z.output<typeof input>
type Begins = { id: string; recordId: string; path: string; op: string }

/**
 * Begins the request that renews a paper, lets it lapse or puts another in its place, with what follows from its terms
 * already proposed. Nothing is submitted. Gives the record whose form is to be opened, and at which field.
 */
export const beginRenewal = jot<Asked, Begins>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Asked>,
  run: async (tx, { input: asked, actor, scene }) => {
    const scope = scopeOf(actor)
    const [record] = await loadRecords(tx, [asked.agreementId], null)
    if (record?.kind !== "agreement" || record.standing === "ended" || !readable(record, scope))
      return refuse("not-found", "not-found")
    // Whoever presses twice finds what the first press began, however close the two are.
    await lockBegun(tx, record.id)
    const today = await todayOfPaper(tx, record.body.entityId, scene.now)
    const needs = asked.way === "lapse" && needsNotice(record.body, today)
    if (needs && asked.noticeOn === null) return wrongDay("invalid.notice-day")
    if (needs && asked.noticeOn !== null && asked.noticeOn > today) return wrongDay("invalid.notice-future")
    const begun = beginningOf(asked.way, record, today, needs ? asked.noticeOn : null)
    if (begun === null) {
      const settled = asked.way === "lapse" && standingOn(rulesOf(record.body), today).is === "ends"
      return refuse("conflict", settled ? "conflict.renewal-settled" : "conflict.renewal-no-term")
    }
    const open = await openRequestsOf(tx, record.id, requestScope(scope))
    const seen = asked.anyway ? (asked.seen ?? open.map((one) => one.id)) : []
    const unseen = open.filter((one) => !seen.includes(one.id))
    const mine = unseen.find((one) => isSame(one, asked, actor.id, begun.op))
    if (mine) return good({ id: mine.id, recordId: mine.recordId, path: begun.path, op: mine.op })
    const [other] = unseen
    if (other) {
      const title = other.no ? `R-${other.no} ${other.title}` : other.title
      return refuse("conflict", "conflict.renewal-open", { params: { title } })
    }
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

/** The same thing begun by the same person, and not submitted: pressed twice, it is one request. */
function isSame(open: OpenRequest, asked: Asked, personId: string, op: string): boolean {
  return open.state === "draft" && open.createdBy === personId && open.title === asked.title && open.op === op
}

const wrongDay = (says: string): Refusal => refuse("invalid", "invalid.form", { fields: [{ path: "noticeOn", says }] })
