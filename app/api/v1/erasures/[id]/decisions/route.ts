import { door } from "@/app/outcome"
import { decideErasure } from "@/usecases/audit/erase"

/** Confirms or refuses an erasure: `{verdict}`. */
export const POST = door<{ id: string }>({
  input: (sent, { id }) => ({ id, verdict: sent.verdict }),
  call: decideErasure,
  to: () => "/audit/erasures",
})
