import { door } from "@/app/outcome"
import { revokeRole } from "@/usecases/people/grant-roles"

/** The grant by its id. */
export const POST = door({ input: (sent) => ({ grantId: sent.grantId }), call: revokeRole, to: () => "/admin/people" })
