import { door } from "@/app/outcome"
import { beginEnding } from "@/usecases/endings/end-sharing"

/** Begins the request that ends a sharing on its last day; a form goes to the request. */
export const POST = door({
  input: ({ recordId, title, lastOn }) => ({ recordId, title, lastOn }),
  call: beginEnding,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
