import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { draftRequest } from "@/usecases/requests/draft-request"
import { listRequests } from "@/usecases/requests/list-requests"

/** Begins a draft. */
export const POST = door({
  input: (sent) => sent,
  call: draftRequest,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})

/** A page of requests. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const outcome = await listRequests(await requestScene(request), {
    q: words.get("q") ?? "",
    state: words.getAll("state"),
    after: words.get("after"),
  })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
