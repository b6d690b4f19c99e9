import { sql } from "drizzle-orm"
import { rows, type Db } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { typedParty } from "./bodies"
import { typedAgreement, typedConsent, typedDemand, typedSharing } from "./flow"
import { sceneFor } from "./people"
import { inForce, must, type Cast } from "./requests"

/** A flow that is found running. */
export async function found(db: Db, cast: Cast, title: string, body: Sharing): Promise<string> {
  const scene = sceneFor(db, cast.requester)
  const draft = must(await draftRequest(scene, { title, kind: "discovered" }))
  const proposal = { requestId: draft.id, kind: "sharing", op: "create", discovered: true, body }
  const { recordId } = must(await saveProposal(scene, proposal))
  must(await submitRequest(scene, { requestId: draft.id }))
  return recordId
}

/** What lies outside: by company, by kind, by period; each bears the word that nothing may say. */
export async function canaries(
  db: Db,
  cast: Cast,
  where: { party: string; elsewhere: Id<"entity"> },
): Promise<string[]> {
  const ids = await inForce(db, cast, "Canary request", [
    { kind: "party", body: typedParty({ legalName: "Canary Holding", country: known("SG") } as never) },
  ])
  const canary = ids[0] as Id<"party">
  const there = { entityId: where.elsewhere, partyId: where.party as Id<"party"> }
  const here = { entityId: cast.entityId as Id<"entity">, partyId: canary }
  const old = { startsOn: known(day("2019-01-01")), endsOn: known(day("2019-12-31")) }
  const outside = [
    ...ids,
    await found(db, cast, "Canary elsewhere", typedSharing(there, { title: "Canary by company" })),
    await found(db, cast, "Canary of old", typedSharing(here, { title: "Canary by period", ...old })),
    ...(await inForce(db, cast, "Canary papers", [
      {
        kind: "consent",
        body: typedConsent(cast.entityId as Id<"entity">, { title: "Canary by kind", parties: known([canary]) }),
      },
      { kind: "demand", body: typedDemand(here, { title: "Canary demand" }) },
      {
        kind: "agreement",
        body: typedAgreement({ ...here }, [], {
          title: "Canary paper of old",
          effectOn: known(day("2018-01-01")),
          endsOn: known(day("2018-12-31")),
        }),
      },
    ])),
  ]
  const requests = await rows<{ id: string }>(db, sql`select id from requests where title like 'Canary%'`)
  return [...outside, ...requests.map((one) => one.id)]
}
