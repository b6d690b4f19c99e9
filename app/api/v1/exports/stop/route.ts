import { door } from "@/app/outcome"
import { stopExport } from "@/usecases/exports/ordered"

/** Stops a package of one's own that is not made yet. */
export const POST = door({
  input: (sent) => sent,
  call: stopExport,
  to: (_value, _params, sent) => `/audit/exports/${String(sent.id)}`,
})
