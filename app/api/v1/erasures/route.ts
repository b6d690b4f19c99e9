import { door } from "@/app/outcome"
import { proposeErasure } from "@/usecases/audit/erase"

/** Proposes that values are erased: `{commitments, ground, reason}`. */
export const POST = door({
  input: (sent) => ({
    commitments: Array.isArray(sent.commitments)
      ? sent.commitments
      : Object.keys(sent).flatMap((name) => (name.startsWith("c.") ? [name.slice(2)] : [])),
    ground: sent.ground,
    reason: sent.reason ?? "",
  }),
  call: proposeErasure,
  to: () => "/audit/erasures",
  status: 201,
})
