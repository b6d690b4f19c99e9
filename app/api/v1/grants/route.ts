import { door } from "@/app/outcome"
import { giveRole } from "@/usecases/people/grant-roles"

const said = (value: unknown): unknown => (value === "" || value === undefined ? null : value)

/** Gives a role; a supervisor's with its end, the kinds of records and the period that it is bound to. */
export const POST = door({
  input: (sent) => ({
    personId: sent.personId,
    role: sent.role,
    entityId: said(sent.entityId),
    kinds: said(sent.kinds) === null ? null : [sent.kinds].flat(),
    firstOn: said(sent.firstOn),
    lastOn: said(sent.lastOn),
    lastDay: said(sent.lastDay),
  }),
  call: giveRole,
  to: () => "/admin/people",
  status: 201,
})
