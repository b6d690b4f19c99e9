import { oneOf } from "@/app/api/v1/packs/about-form"
import { door } from "@/app/outcome"
import { endPack, type Begun } from "@/usecases/packs/draft-pack"

/** Begins a request that ends a text of our own from a day on. */
export const POST = door<{ recordId: string }>({
  input: (sent, { recordId }) => ({ recordId, effectiveFrom: oneOf(sent.effectiveFrom) }),
  call: endPack,
  to: ({ id, recordId }: Begun) => `/requests/${id}/records/${recordId}`,
  status: 201,
})
