import { door } from "@/app/outcome"
import { beginUnmatched } from "@/usecases/reconcile/reconciliations"

const listed = (sent: unknown): unknown[] => (Array.isArray(sent) ? sent : sent === undefined ? [] : [sent])

/** Begins one request that proposes unmatched suppliers: the chosen lines, or all. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) => ({
    id: params.id,
    title: sent.title,
    lines: form ? (sent.which === "all" ? null : listed(sent.line)) : sent.lines,
  }),
  call: beginUnmatched,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
