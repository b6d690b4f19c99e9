import { door } from "@/app/outcome"
import { giveRole } from "@/usecases/people/grant-roles"

/** Gives a role. */
export const POST = door({
  input: (sent) => ({
    personId: sent.personId,
    role: sent.role,
    entityId: sent.entityId === "" || sent.entityId === undefined ? null : sent.entityId,
  }),
  call: giveRole,
  to: () => "/admin/people",
  status: 201,
})
