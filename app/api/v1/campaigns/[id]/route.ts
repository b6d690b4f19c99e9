import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readCampaign } from "@/usecases/asked/campaigns"

/** A campaign with how it stands, supplier by supplier. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await readCampaign(await requestScene(request), { id: (await context.params).id })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
