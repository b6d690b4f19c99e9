import { door } from "@/app/outcome"
import { bringUpToDate } from "@/usecases/requests/bring-up-to-date"

const TAKE = "take."

/** Lays one proposal of a draft on top of what is in force now; of fields that both sides changed, as was chosen. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) => ({
    requestId: params.id,
    recordId: sent.recordId,
    theirs: form ? theirsChosen(sent) : (sent.theirs ?? []),
  }),
  call: bringUpToDate,
  to: (_value, params) => `/requests/${params.id}`,
})

/** The fields of the form of which what is in force was chosen. */
function theirsChosen(sent: Record<string, unknown>): string[] {
  return Object.keys(sent)
    .filter((name) => name.startsWith(TAKE) && sent[name] === "theirs")
    .map((name) => name.slice(TAKE.length))
}
