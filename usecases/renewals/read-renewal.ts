import { z } from "zod"
import { openRequestsOf, type OpenRequest } from "@/db/statements/renewals"
import type { Tx } from "@/db/connect"
import { arithmeticOf, type Step } from "@/domain/agreements/arithmetic"
import { lettersOf, type LetterSent } from "@/db/statements/letters"
import { lastOfTerm, needsNotice, renewalsLeft, renewedTo } from "@/domain/agreements/begin"
import { rulesOf } from "@/domain/agreements/rules-of"
import { standingOn, type Standing } from "@/domain/agreements/terms"
import { addDays, dayIn, later, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { look } from "@/usecases/look"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { requestScope } from "@/usecases/requests/list-requests"

export type Renewal = {
  id: string
  title: string
  body: Agreement
  partyName: string
  today: Day
  standing: Standing
  steps: Step[]
  /** The last day that a decision of today can still make its last; null: it has none. */
  last: Day | null
  /** Where a renewal would take it. */
  renewedTo: Day | null
  open: OpenRequest[]
  /** How often it renewed of itself and still may, where that is bounded. */
  bound: { used: number; left: number } | null
  /** Whether notice has to have been given before it can lapse, and when a letter says that it was. */
  needsNotice: boolean
  noticeOn: Day | null
}

/** A paper before the decision about its next term: how its days came about, what is under way, where each way leads. */
export const readRenewal = look<{ id: string }, Renewal>({
  name: "register.read",
  input: z.strictObject({ id: idOf("agreement") }) as unknown as z.ZodType<{ id: string }>,
  about: ({ id }) => [{ type: "agreement", id }],
  run: async (tx, { input: { id }, scope, scene }) => {
    const [record] = await loadRecords(tx, [id], null)
    if (record?.kind !== "agreement" || record.standing === "ended" || !readable(record, scope))
      return refuse("not-found", "not-found")
    const { body } = record
    const today = await todayOfPaper(tx, body.entityId, scene.now)
    const rules = rulesOf(body)
    const last = lastOfTerm(body, record.standing, today)
    const [party] = await loadRecords(tx, [body.partyId], null)
    return good({
      ...{ id: record.id, title: body.title, body, today, last },
      partyName: party && readable(party, scope) ? titleOf(party.kind, party.body as never) : "",
      standing: standingOn(rules, rules.startsOn === null ? today : later(today, rules.startsOn)),
      steps: arithmeticOf(rules, today),
      renewedTo: last === null ? null : renewedTo(body, last),
      open: await openRequestsOf(tx, id, requestScope(scope)),
      bound: renewalsLeft(body, today),
      needsNotice: needsNotice(body, today),
      noticeOn: givenBy(await lettersOf(tx, id), rules.counts),
    })
  },
})

/** The day on which notice counts as given by the last letter of termination that went out; null: none did, or not yet. */
function givenBy(letters: readonly LetterSent[], counts: "sent" | "received"): Day | null {
  const counted = letters.flatMap((one) => {
    const on = counts === "sent" ? one.sentOn : one.receivedOn
    return one.kind === "termination" && on !== null ? [on] : []
  })
  return counted[0] ?? null
}

/** What day it is where the paper's company is. */
export async function todayOfPaper(tx: Tx, entityId: string, now: Instant): Promise<Day> {
  const entity = (await loadEntities(tx, [entityId], null)).get(entityId as never)
  return dayIn(entity?.zone ?? "UTC", now)
}

/** The first day without the paper, once it is let lapse: what would be uncovered is asked from here on. */
export const firstWithout = (renewal: Pick<Renewal, "last" | "today">): Day =>
  later(renewal.last === null ? renewal.today : addDays(renewal.last, 1), renewal.today)
