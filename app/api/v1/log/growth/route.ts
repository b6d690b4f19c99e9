import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { proveGrowth } from "@/usecases/log/prove"

const NUMBER = /^(0|[1-9]\d{0,14})$/

/** `GET /api/v1/log/growth?since=SIZE[&size=SIZE]`: proof that the log of the older size is the beginning of the newer one. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const [since, size] = [words.get("since") ?? "", words.get("size")]
  const scene = await requestScene(request)
  if (!NUMBER.test(since) || (size !== null && !NUMBER.test(size))) return problem(refuse("invalid", "log.no-size"))
  const outcome = await proveGrowth(scene, { older: Number(since), newer: size === null ? null : Number(size) })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
