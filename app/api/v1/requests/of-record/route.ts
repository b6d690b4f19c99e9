import { door } from "@/app/outcome"
import { draftOfRecord } from "@/usecases/requests/draft-request"

/** Begins a request that changes one record in force, with its body as it stands. */
export const POST = door({
  input: (sent) => ({ recordId: sent.recordId, title: sent.title }),
  call: draftOfRecord,
  to: (value: { id: string; recordId: string }) => `/requests/${value.id}/records/${value.recordId}`,
  status: 201,
})
