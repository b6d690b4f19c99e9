import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { findParty } from "@/usecases/intake/find-party"

/** Parties that words may mean, with what each gets already. */
export async function GET(request: Request): Promise<Response> {
  const q = new URL(request.url).searchParams.get("q") ?? ""
  const outcome = await findParty(await requestScene(request), { q })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
