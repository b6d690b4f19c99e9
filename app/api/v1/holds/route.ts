import { door } from "@/app/outcome"
import { parseAsOf } from "@/usecases/register/as-of"
import { placeHold } from "@/usecases/audit/holds"

/** Places a hold: `{entityIds, instant, reason}`. */
export const POST = door({
  input: ({ entityIds, instant, reason }) => ({
    entityIds: typeof entityIds === "string" ? [entityIds] : (entityIds ?? null),
    instant: typeof instant === "string" && instant.trim() !== "" ? (parseAsOf(instant.trim()) ?? instant) : null,
    reason: reason ?? "",
  }),
  call: placeHold,
  to: () => "/audit/holds",
  status: 201,
})
