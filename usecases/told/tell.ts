import { authorsOf, seatsOf, type RequestRow } from "@/db/statements/requests"
import { decidersNow, type Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { delegatesAsked } from "./delegates"
import { holdersIn, openNow, whoIsAsked } from "@/domain/told/who"

type Stage = { stage: string; entityId: string; seat: "decides" | "advises" }

/** Whoever may sit at an open stage is asked to decide; `only`: at these. */
export async function tellSitters(
  tx: Tx,
  on: {
    request: Pick<RequestRow, "id" | "restrictedTo">
    stages: readonly Stage[]
    decided: readonly { stage: string; entityId: string }[]
    only?: readonly Stage[]
  },
  now: Instant,
): Promise<Telling[]> {
  const open = on.only ?? openNow(on.stages, on.decided)
  const waits = {
    authors: await authorsOf(tx, on.request.id),
    stages: on.stages,
    seats: await seatsOf(tx, on.request.id),
    restrictedTo: on.request.restrictedTo,
  }
  const holders = await decidersNow(tx, now)
  const to = [...whoIsAsked(holders, waits, open), ...(await delegatesAsked(tx, holders, waits, open, now))]
  return [{ kind: "decide", to, requestId: on.request.id }]
}

/** What was found running is told to the DPOs of its companies at once. */
export async function tellFound(
  tx: Tx,
  request: Pick<RequestRow, "id" | "restrictedTo">,
  entityIds: readonly string[],
  now: Instant,
): Promise<Telling[]> {
  const officers = holdersIn(await decidersNow(tx, now), "dpo", entityIds)
  const to = officers.filter((id) => request.restrictedTo === null || request.restrictedTo.includes(id))
  return [{ kind: "found", to, requestId: request.id }]
}

/** What was said is told to who asked and to who sits; legal advice to none but lawyers and DPOs among them. */
export async function tellCommented(
  tx: Tx,
  request: Pick<RequestRow, "id" | "createdBy">,
  on: { legalAdvice: boolean; now: Instant },
): Promise<Telling[]> {
  const concerned = [request.createdBy, ...(await seatsOf(tx, request.id)).map((seat) => seat.personId)]
  if (!on.legalAdvice) return [{ kind: "commented", to: concerned, requestId: request.id }]
  const lawyers = (await decidersNow(tx, on.now))
    .filter((one) => one.held.some((held) => held.role === "legal" || held.role === "dpo"))
    .map((one) => one.id)
  return [{ kind: "commented", to: concerned.filter((id) => lawyers.includes(id)), requestId: request.id }]
}
