import { door } from "@/app/outcome"
import { proveDeletion } from "@/usecases/endings/end-sharing"

/** An empty field of a form is no answer. */
const given = (value: unknown): unknown => (value === "" || value === undefined ? null : value)

/** Begins the request that brings the evidence of deletion or return; a form goes to the request. */
export const POST = door({
  input: ({ recordId, title, how, provenOn, confirmedBy, what, why, keptUntil, fileId }) => ({
    ...{ recordId, title, how, provenOn, confirmedBy, what, why: why ?? "" },
    ...{ keptUntil: given(keptUntil), fileId: given(fileId) },
  }),
  call: proveDeletion,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
