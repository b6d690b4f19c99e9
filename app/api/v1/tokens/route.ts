import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listTokens, makeToken } from "@/usecases/people/sessions"

/** Makes a personal token, shown once. */
export const POST = door({
  input: (sent) => ({ label: sent.label, days: sent.days ?? 90 }),
  call: makeToken,
  to: () => "/account",
  show: (value: { token: string }) => ({ token: value.token }),
  status: 201,
})

/** One's own tokens. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await listTokens(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
