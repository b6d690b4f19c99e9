import { authorsOf, seatsOf, type RequestRow } from "@/db/statements/requests"
import { decidersNow, type Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { delegatesAsked } from "./delegates"
import { holdersIn, openNow, whoIsAsked } from "@/domain/told/who"

import type { InWave } from "@/domain/requests/waves"

type Stage = InWave & { persons?: readonly string[] | null }

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

/** What was found running is told to the DPOs of its companies at once; `demanded`: authorities demand all of it. */
export async function tellFound(
  tx: Tx,
  request: Pick<RequestRow, "id" | "restrictedTo">,
  entityIds: readonly string[],
  now: Instant,
  demanded: boolean,
): Promise<Telling[]> {
  const officers = holdersIn(await decidersNow(tx, now), "dpo", entityIds)
  const to = officers.filter((id) => request.restrictedTo === null || request.restrictedTo.includes(id))
  return [{ kind: "found", to, requestId: request.id, ...(demanded ? { what: "demanded" } : {}) }]
}

/**
 * What was said is told to whom it names, to who asked, who sits and who spoke in the thread: to those of them who read
 * it, each once.
 */
export async function tellCommented(
  tx: Tx,
  request: Pick<RequestRow, "id" | "createdBy">,
  on: { mentioned: readonly string[]; speakers: readonly string[]; readers: readonly string[] },
): Promise<Telling[]> {
  const seated = (await seatsOf(tx, request.id)).map((seat) => seat.personId)
  const concerned = [request.createdBy, ...seated, ...on.speakers].filter(
    (id) => on.readers.includes(id) && !on.mentioned.includes(id),
  )
  return [
    { kind: "mentioned", to: on.mentioned, requestId: request.id },
    { kind: "commented", to: concerned, requestId: request.id },
  ]
}
