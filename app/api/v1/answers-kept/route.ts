import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { putKeeping, readKeeping } from "@/usecases/asked/clear-answers"

/** Says for how many months suppliers' answers are kept. */
export const POST = door({
  input: (sent) => ({ months: sent.months }),
  call: putKeeping,
  to: () => "/admin/kept?saved=yes",
})

/** For how many months suppliers' answers are kept. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await readKeeping(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
