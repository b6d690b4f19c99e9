import { door } from "@/app/outcome"
import { dropScenario } from "@/usecases/whatif/saved"

/** Lets a kept scenario go. */
export const POST = door({ input: ({ id }) => ({ id }), call: dropScenario, to: () => "/what-if" })
