import { door } from "@/app/outcome"
import { dropIntake } from "@/usecases/intake/save-answers"

/** Lets an intake go that no request was made of. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ id: params.id }),
  call: dropIntake,
  to: () => "/requests/new",
})
