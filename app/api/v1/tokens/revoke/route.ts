import { door } from "@/app/outcome"
import { revokeToken } from "@/usecases/people/sessions"

/** Revokes one of one's own tokens. */
export const POST = door({ input: (sent) => ({ id: sent.id }), call: revokeToken, to: () => "/account" })
