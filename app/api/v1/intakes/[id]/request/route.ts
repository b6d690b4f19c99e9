import { door } from "@/app/outcome"
import { makeRequest } from "@/usecases/intake/make-request"

/** Makes the draft request that the answers propose, or brings it up to date. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ id: params.id }),
  call: makeRequest,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
