import { door } from "@/app/outcome"
import { endWitness } from "@/usecases/log/witnesses"

/** From now on the witness is sent nothing any more. */
export const POST = door({
  input: (_sent, { id }) => ({ id }),
  call: endWitness,
  to: () => "/audit/witnesses",
})
