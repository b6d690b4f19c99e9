import { door } from "@/app/outcome"
import { confirmRole } from "@/usecases/people/grant-roles"

/** The grant by its id. */
export const POST = door({ input: (sent) => ({ grantId: sent.grantId }), call: confirmRole, to: () => "/admin/people" })
