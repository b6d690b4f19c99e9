import { door } from "@/app/outcome"
import { endHold } from "@/usecases/audit/holds"

/** A second person ends a hold: `{reason}`. */
export const POST = door<{ id: string }>({
  input: (sent, { id }) => ({ id, reason: sent.reason ?? "" }),
  call: endHold,
  to: () => "/audit/holds",
})
