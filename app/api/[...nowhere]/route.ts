import { problem } from "@/app/outcome"
import { refuse } from "@/domain/core/outcome"

/** A door that is not there, asked for in any way, is said to a machine in its own words. */
export function GET(): Response {
  return problem(refuse("not-found", "not-found.door"))
}

export { GET as POST, GET as PUT, GET as PATCH, GET as DELETE }
