import { z } from "zod"
import { addAuthor, insertRequest, saveProposals } from "@/db/statements/requests"
import { candidatesFor, type Candidate } from "@/db/statements/suppliers"
import type { Tx } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import type { Party } from "@/domain/records/party"
import { dayShape, text } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { loadRecords } from "@/usecases/register/records"
import { newId } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { isMany, putDraftReview } from "./review"
import { openDrafts } from "./revision"
import { selection, type Selection } from "./selection"

/** Why a chosen party is left out of a negative decision. */
export const LEFT_OUT = ["decided", "receives", "restricted", "under-way"] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** One request holds at most so many. */
const MOST = 20_000

export type Suppliers = {
  /** Those of the selection of whom nothing is decided yet: how many, and the first. */
  eligible: number
  first: { id: string; title: string }[]
  leftOut: Record<LeftOut, number>
  /** The day of review that is offered: a year from today. */
  reviewOn: Day
}

/** What a selection of parties means for a negative decision, counted anew through the reader's scope. */
export const suppliersChosen = look<Selection, Suppliers>({
  name: "request.draft",
  input: z.strictObject(selection) as unknown as z.ZodType<Selection>,
  run: async (tx, { input, scope, scene }) => {
    const { eligible, leftOut } = await sorted(tx, input, scope, dayIn("UTC", scene.now))
    return good<Suppliers>({
      eligible: eligible.length,
      first: eligible.slice(0, 50).map(({ id, title }) => ({ id, title })),
      leftOut,
      reviewOn: addDays(dayIn("UTC", scene.now), 365),
    })
  },
})

const input = z.strictObject({
  ...selection,
  title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
  reason: text(2000).refine((value) => value.trim().length > 0, "invalid.reason"),
  reviewOn: dayShape,
  /** How many the page said; null where nobody saw a page. */
  count: z.int().min(0).nullable().default(null),
})
type Input = z.output<typeof input>

/**
 * Begins one request that proposes *no personal data found*, with its reason and the day of its next review, for every
 * supplier of a selection of whom nothing is decided yet. Refused when the selection is no longer what the page said.
 */
export const proposeNoPersonalData = jot<Input, { id: string; records: number }>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    const today = dayIn("UTC", scene.now)
    if (asked.reviewOn <= today)
      return refuse("invalid", "invalid.form", { fields: [{ path: "reviewOn", says: "invalid.review-passed" }] })
    const { eligible } = await sorted(tx, asked, scopeOf(actor), today)
    if (asked.count !== null && asked.count !== eligible.length) return refuse("conflict", "conflict.selection-moved")
    if (eligible.length === 0) return refuse("invalid", "invalid.no-suppliers")
    const id = newId(scene, "request")
    const title = asked.title.trim()
    await insertRequest(tx, {
      ...{ id, title, fold: fold(title), kind: "change", by: actor.id, at: scene.now, restrictedTo: null },
    })
    await addAuthor(tx, id, actor.id)
    const many = isMany("change", eligible.length)
    for (let from = 0; from < eligible.length; from += BATCH) {
      const records = await loadRecords(
        tx,
        eligible.slice(from, from + BATCH).map((item) => item.id),
        null,
      )
      const list = records.map((record, i) => ({
        ...{ recordId: record.id as string, kind: record.kind, op: "change" as const, baseVersion: record.version },
        position: from + i + 1,
        body: canonical({
          ...(record.body as Party),
          dataDecision: "no-personal-data",
          noDataReason: known(asked.reason.trim()),
          noDataReviewOn: known(asked.reviewOn),
        }),
        ...{ discovered: false, importId: null, sheet: null, row: null },
      }))
      await saveProposals(tx, id, scene.now, list)
      if (many) await putDraftReview(tx, { id, kind: "change" }, openDrafts(list), null)
    }
    return good({ id, records: eligible.length })
  },
})

const BATCH = 500

async function sorted(
  tx: Tx,
  chosen: Selection,
  scope: Scope,
  today: Day,
): Promise<{ eligible: Candidate[]; leftOut: Suppliers["leftOut"] }> {
  const found = await candidatesFor(
    tx,
    { ...chosen, q: fold(chosen.q) },
    { scope: inScope("parties", scope, null), today, most: MOST },
  )
  const leftOut: Suppliers["leftOut"] = { decided: 0, receives: 0, restricted: 0, "under-way": 0 }
  const eligible: Candidate[] = []
  for (const one of found) {
    const why = whyNot(one)
    if (why) leftOut[why] += 1
    else eligible.push(one)
  }
  return { eligible, leftOut }
}

/** A party is asked about while nothing is decided of it, nothing flows to it, and no other request is about it. */
function whyNot(one: Candidate): LeftOut | null {
  if (one.decision !== "undecided" || one.standing === "ended") return "decided"
  if (one.sharings > 0) return "receives"
  if (one.restricted) return "restricted"
  return one.underWay ? "under-way" : null
}
