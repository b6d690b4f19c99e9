import { door } from "@/app/outcome"
import { nameEscalation } from "@/usecases/told/escalation"

/** Names who hears of what is overdue in a company. */
export const POST = door({
  input: (sent) => ({
    entityId: sent.entityId,
    personId: typeof sent.personId === "string" && sent.personId !== "" ? sent.personId : null,
    days: sent.days ?? 7,
  }),
  call: nameEscalation,
  to: () => "/admin/entities",
})
