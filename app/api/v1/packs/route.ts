import { door } from "@/app/outcome"
import { beginPack, type Begun } from "@/usecases/packs/draft-pack"
import { aboutOf, oneOf } from "./about-form"

/** Begins a version of a pack as a request of its own. */
export const POST = door({
  input: (sent, _params, form) => (form ? { recordId: oneOf(sent.recordId) || null, ...aboutOf(sent) } : sent),
  call: beginPack,
  to: ({ id, recordId }: Begun) => `/requests/${id}/records/${recordId}`,
  status: 201,
})
