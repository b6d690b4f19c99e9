import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { askSupplier } from "@/usecases/asked/ask-supplier"
import { listOwnLinks } from "@/usecases/asked/read-asked"

/** Makes a link by which a supplier answers. Its secret is shown once, on the page of the link. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          requestId: sent.requestId || null,
          recordId: sent.recordId || null,
          partyId: sent.partyId || null,
          entityId: sent.entityId || null,
          days: sent.days,
        }
      : sent,
  call: askSupplier,
  to: ({ id }: { id: string }) => `/asked/${id}`,
  show: ({ path }: { path: string }) => ({ path }),
  status: 201,
})

/** The links that one asked by oneself. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await listOwnLinks(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
