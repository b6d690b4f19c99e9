import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { proposeKey, readKeys } from "@/usecases/log/key-turns"

/** Proposes the key that is to sign the log next: `{printed}`. */
export const POST = door({
  input: (sent) => ({ printed: sent.printed ?? "" }),
  call: proposeKey,
  to: () => "/audit/keys",
  status: 201,
})

/** The keys by which the log signed, and what is proposed to follow. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await readKeys(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
