import { door } from "@/app/outcome"
import { lookedAtBack } from "@/usecases/templates/tie-back"

/** Records in the draft that somebody looked at what differs between what was sent and what came back. */
export const POST = door<{ id: string; recordId: string }>({
  input: (_sent, { id, recordId }) => ({ requestId: id, recordId }),
  call: lookedAtBack,
  to: (_value, { id }) => `/requests/${id}#sent`,
})
