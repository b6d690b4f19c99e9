import { formAddress } from "@/components/records/form-address"
import { kindOfId } from "@/components/records/record-path"
import { door } from "@/app/outcome"
import { good, type Outcome } from "@/domain/core/outcome"
import { curedIn } from "@/domain/records/place-in-form"
import { draftOfRecord, draftRequest } from "@/usecases/requests/draft-request"
import type { Scene } from "@/usecases/scene"

type Sent = Record<string, unknown>

/** Where a form of ours says what is to be mended (`at`), and that is in another record: of which kind. */
function elsewhere(sent: Sent): ReturnType<typeof curedIn> | null {
  const kind = kindOfId(String(sent.recordId))
  if (!kind || typeof sent.at !== "string" || sent.at === "") return null
  const cure = curedIn(kind, sent.at)
  return cure.itself ? null : cure
}

/** The request with the record's change in it, or, where another record cures it, a request for that one. */
async function begin(scene: Scene, input: unknown): Promise<Outcome<unknown>> {
  const { cure, ...sent } = input as Sent
  if (!cure) return draftOfRecord(scene, sent)
  const draft = await draftRequest(scene, { title: sent.title })
  return draft.ok ? good({ ...draft.value, recordId: `new-${String(cure)}` }) : draft
}

/** Begins a request that changes one record in force, with its body as it stands; its form opens where it is mended. */
export const POST = door({
  input: (sent, _params, form) => {
    const cure = form ? elsewhere(sent) : null
    return { recordId: sent.recordId, title: sent.title, ...(cure ? { cure: cure.kind } : {}) }
  },
  call: Object.assign(begin, { actName: draftOfRecord.actName }),
  to: (value: { id: string; recordId: string }, _params, sent) => {
    const cure = elsewhere(sent)
    return cure
      ? formAddress(value.id, value.recordId, cure.path, sent.for, String(sent.recordId))
      : formAddress(value.id, value.recordId, sent.at, sent.for)
  },
  status: 201,
})
