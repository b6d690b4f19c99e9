import { listedOthers, publicNames } from "@/db/statements/public-list"
import type { Tx } from "@/db/connect"
import { valueOf, valueOr } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Entity } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { listChanges, type ListChange, type ListedFlow } from "@/domain/requests/public-list"
import { inScope } from "@/usecases/register/list-records"
import type { StoredRecord } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"
import type { Proposal } from "./revision"

/** What the public list of recipients says otherwise if a request is approved. */
export type ListAfter = {
  changes: (ListChange & { name: string })[]
  /** Recipients that are on the list already, under another name. */
  renamed: { partyId: string; was: string; is: string }[]
}

type Held = { recordId: string; body: Sharing }

/**
 * Laid over the approved flows of the register, company by company, as far as the reader may know. What is kept to named
 * persons, a flow or its party, comes onto no public list; nor does what is only found running.
 */
export async function publicListAfter(
  tx: Tx,
  on: { seen: readonly Proposal[]; bases: readonly StoredRecord[]; scope: Scope; now: Instant },
  entities: ReadonlyMap<Id<"entity">, Entity>,
): Promise<ListAfter> {
  const flows = on.seen.flatMap((one) => (one.kind === "sharing" ? [one] : []))
  const parties = on.seen.flatMap((one) => (one.kind === "party" ? [one] : []))
  const about = [
    ...new Set([...flows.map((one) => (one.body as Sharing).partyId), ...parties.map((one) => one.recordId)]),
  ]
  if (about.length === 0) return { changes: [], renamed: [] }
  // A flow is over where its company is: nowhere is it an earlier day than this.
  const from = addDays(dayIn("UTC", on.now), -1)
  const todayOf = (entityId: string): Day => dayIn(entities.get(entityId as Id<"entity">)?.zone ?? "UTC", on.now)
  const was = on.bases.flatMap((one): Held[] =>
    one.kind === "sharing" && one.standing === "approved" ? [{ recordId: one.id, body: one.body }] : [],
  )
  const is = flows.flatMap((one): Held[] =>
    one.op !== "end" && !one.discovered ? [{ recordId: one.recordId, body: one.body as Sharing }] : [],
  )
  const without = flows.map((one) => one.recordId as string)
  const others = await listedOthers(tx, { parties: about, without, on: from }, inScope("sharings", on.scope, null))
  const names = await publicNames(tx, about)
  // A party that a request keeps to named persons goes from the list with all that it gets, and one that it opens comes.
  const namesAfter = new Map(names)
  for (const { recordId, body } of parties) {
    const { legalName, restrictedTo } = body as Party
    if (restrictedTo !== null) namesAfter.delete(recordId)
    else if (!namesAfter.has(recordId)) namesAfter.set(recordId, legalName)
  }
  const open = (list: readonly Held[]): ListedFlow[] =>
    list.flatMap(({ body }) => (isListed(body, todayOf(body.entityId)) ? [listed(body)] : []))
  const rest = others.flatMap(({ entityId, partyId, what, code, lastOn }) =>
    lastOn === null || lastOn >= todayOf(entityId) ? [{ ...NOTHING, entityId, partyId, [what]: [code] }] : [],
  )
  const before = [...open(was), ...rest].filter((one) => names.has(one.partyId))
  const after = [...open(is), ...rest].filter((one) => namesAfter.has(one.partyId))
  return {
    changes: listChanges(before, after).map((one) => ({
      ...one,
      name: namesAfter.get(one.partyId) ?? names.get(one.partyId) ?? "",
    })),
    renamed: parties.flatMap(({ recordId, body }) => {
      const [old, next] = [names.get(recordId), (body as Party).legalName]
      const listedStill =
        after.some((one) => one.partyId === recordId) && before.some((one) => one.partyId === recordId)
      return old !== undefined && old !== next && listedStill ? [{ partyId: recordId, was: old, is: next }] : []
    }),
  }
}

const NOTHING = { purpose: [], data: [], country: [], mode: [] } as const

/** A flow stands on the list until its last day, unless it is kept to named persons. */
function isListed(body: Sharing, today: Day): boolean {
  const last = valueOf(body.endsOn)
  return body.restrictedTo === null && (last === null || last >= today)
}

function listed(body: Sharing): ListedFlow {
  return {
    ...{ entityId: body.entityId, partyId: body.partyId, mode: [body.mode] },
    purpose: valueOr(body.purposes, []),
    data: valueOr(body.dataLines, []).map((line) => line.kind),
    country: valueOr(body.destinations, []).map((line) => line.country),
  }
}
