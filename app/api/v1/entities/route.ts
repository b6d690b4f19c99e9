import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listEntities, putEntity } from "@/usecases/people/entities"
import { entityFromForm } from "./entity-form"

/** Registers a company of ours, or with `id` a new version of it. */
export const POST = door({
  input: (sent, _params, form) => (form ? entityFromForm(sent) : sent),
  call: putEntity,
  to: () => "/admin/entities",
  status: 201,
})

/** Our own companies. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await listEntities(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
