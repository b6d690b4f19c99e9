import type { Db } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { newId } from "@/usecases/scene"
import { typedParty } from "./bodies"
import { typedAgreement, typedAssessment, typedNotice, typedSharing } from "./flow"
import { sceneFor } from "./people"
import { must, type Cast, type Proposed } from "./requests"

/** A party, what it gets, the paper and the vetting, for a request that everybody can agree to. */
export function wholeFlow(db: Db, cast: Cast): Proposed[] {
  const scene = sceneFor(db, cast.requester)
  const [party, sharing, notice] = [newId(scene, "party"), newId(scene, "sharing"), newId(scene, "notice")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  return [
    { kind: "party", recordId: party, body: typedParty() },
    { kind: "sharing", recordId: sharing, body: typedSharing(between, { noticeId: notice }) },
    {
      kind: "notice",
      recordId: notice,
      body: typedNotice(between.entityId, { recipientKinds: known(["processor"]) }),
    },
    { kind: "assessment", body: typedAssessment(party, { kind: "appraisal" }) },
    { kind: "agreement", body: { ...typedAgreement(between, [sharing]) } },
    { kind: "assessment", body: typedAssessment(party) },
  ]
}

/** Something found running, recorded by the requester: it lacks its paper. Gives the sharing and the request. */
export async function foundRunning(
  db: Db,
  cast: Cast,
  over: { restrictedTo?: Id<"person">[]; flow?: Partial<Sharing> } = {},
): Promise<{ requestId: string; sharing: string }> {
  const scene = sceneFor(db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found running", kind: "discovered" }))
  const [party, sharing] = [newId(scene, "party"), newId(scene, "sharing")]
  const restrictedTo = over.restrictedTo ?? null
  const body = { ...typedParty(), restrictedTo }
  const flow = {
    ...typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party }),
    ...over.flow,
    restrictedTo,
  }
  const first = { requestId: draft.id, kind: "party" as const, op: "create" as const, recordId: party }
  must(await saveProposal(scene, { ...first, body, discovered: true }))
  must(await saveProposal(scene, { ...first, kind: "sharing", recordId: sharing, body: flow, discovered: true }))
  must(await submitRequest(scene, { requestId: draft.id }))
  return { requestId: draft.id, sharing }
}
