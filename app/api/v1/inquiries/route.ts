import { door } from "@/app/outcome"
import { typedLetter } from "@/usecases/inquiries/draft"
import { makeInquiry } from "@/usecases/inquiries/inquiries"

/** Keeps an authority's letter: `{authority, receivedOn, entityIds, questions, …}`, or the fields of its form. */
export const POST = door({
  input: (sent, _params, form) => (form ? typedLetter(sent) : sent),
  call: makeInquiry,
  to: (value: { id: string }) => `/audit/inquiries/${value.id}`,
  status: 201,
})
