import { door } from "@/app/outcome"
import { pasteList } from "@/usecases/reconcile/reconciliations"

/** Holds a pasted list of suppliers against the register. */
export const POST = door({
  input: (sent) => ({ name: sent.name, list: sent.list }),
  call: pasteList,
  to: (value: { id: string }) => `/suppliers/lists/${value.id}`,
  status: 201,
})
