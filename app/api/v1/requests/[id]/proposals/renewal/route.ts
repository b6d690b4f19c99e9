import { door } from "@/app/outcome"
import { bringUpToDate } from "@/usecases/requests/bring-up-to-date"

/** Lays a proposal on top of what is in force now, after the ground moved. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ requestId: params.id, recordId: sent.recordId }),
  call: bringUpToDate,
  to: (_value, params) => `/requests/${params.id}`,
})
