import { door } from "@/app/outcome"
import { reconcileAgain } from "@/usecases/reconcile/reconciliations"

/** Holds a list against the register once more. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ id: params.id }),
  call: reconcileAgain,
  to: (_value, params) => `/suppliers/lists/${params.id}`,
})
