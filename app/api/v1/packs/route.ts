import { door } from "@/app/outcome"
import { beginPack, type Begun } from "@/usecases/packs/draft-pack"
import { aboutOf, oneOf } from "./about-form"

/** Which text it is the next version of; or of which pack it is a new one. */
function named(sent: Record<string, unknown>): { recordId: string | null; pack?: string } {
  const pack = oneOf(sent.pack)
  return { recordId: oneOf(sent.recordId) || null, ...(pack ? { pack } : {}) }
}

/** Begins a version of a pack as a request of its own. */
export const POST = door({
  input: (sent, _params, form) => (form ? { ...named(sent), ...aboutOf(sent) } : sent),
  call: beginPack,
  to: ({ id, recordId }: Begun) => `/requests/${id}/records/${recordId}`,
  status: 201,
})
