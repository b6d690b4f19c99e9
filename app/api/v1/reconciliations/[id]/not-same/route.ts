import { door } from "@/app/outcome"
import { notTheSame } from "@/usecases/reconcile/reconciliations"

/** Says of a line that the party with the similar name is another. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ id: params.id, line: sent.line }),
  call: notTheSame,
  to: (_value, params) => `/suppliers/lists/${params.id}`,
})
