import { door } from "@/app/outcome"
import { decideRequest } from "@/usecases/requests/decide-request"

/** The lines of the form: what, whom, until when. A line without a word is none. */
function conditionsSent(sent: Record<string, unknown>): unknown[] {
  const all = (name: string): unknown[] => [sent[name] ?? []].flat()
  const [words, owners, days] = [all("conditionWords"), all("conditionOwner"), all("conditionDay")]
  return words.flatMap((said, i) =>
    typeof said === "string" && said.trim() !== ""
      ? [{ words: said, ownerId: owners[i] ?? "", dueOn: days[i] ?? "" }]
      : [],
  )
}

/** Decides one stage, on the content hash that was shown. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) => ({
    requestId: params.id,
    hash: sent.hash,
    stage: sent.stage,
    entityId: sent.entityId,
    verdict: sent.verdict,
    reason: sent.reason ?? "",
    conditions: form ? conditionsSent(sent) : (sent.conditions ?? []),
    forPerson: sent.forPerson ? sent.forPerson : null,
  }),
  call: decideRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
