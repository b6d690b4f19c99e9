import { door } from "@/app/outcome"
import { decideTemplate } from "@/usecases/templates/templates"

/** Approves or refuses a version of a template: `{verdict, reason}`. */
export const POST = door<{ id: string; n: string }>({
  input: (sent, { id, n }) => ({ id, n, verdict: sent.verdict, reason: sent.reason ?? "" }),
  call: decideTemplate,
  to: (_value, { id }) => `/templates/${id}`,
})
