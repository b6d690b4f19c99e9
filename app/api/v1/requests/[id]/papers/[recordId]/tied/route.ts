import { door } from "@/app/outcome"
import { tieBack } from "@/usecases/templates/tie-back"

/** Holds the file that came back against the paper that was sent, and marks the clauses of our template in the draft. */
export const POST = door<{ id: string; recordId: string }>({
  input: (_sent, { id, recordId }) => ({ requestId: id, recordId }),
  call: tieBack,
  to: (_value, { id }) => `/requests/${id}#sent`,
})
