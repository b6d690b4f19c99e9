import { door } from "@/app/outcome"
import { saveScenario } from "@/usecases/whatif/saved"
import { supposedIn } from "@/app/api/v1/what-if/supposed"

/** Keeps a scenario under a name. */
export const POST = door({
  input: (sent, _params, form) => (form ? { ...supposedIn(sent, form), title: sent.title } : sent),
  call: saveScenario,
  to: ({ id }: { id: string }) => `/what-if/saved/${id}`,
  status: 201,
})
