import { door } from "@/app/outcome"
import { releaseInquiry } from "@/usecases/inquiries/inquiries"

/** A person who wrote none of the answers releases them as they stand. */
export const POST = door<{ id: string }>({
  input: (_sent, { id }) => ({ id }),
  call: releaseInquiry,
  to: (_value, { id }) => `/audit/inquiries/${id}`,
})
