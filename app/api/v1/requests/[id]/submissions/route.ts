import { door } from "@/app/outcome"
import { submitRequest } from "@/usecases/requests/submit-request"

/** Submits the draft as the next revision. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ requestId: params.id }),
  call: submitRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
