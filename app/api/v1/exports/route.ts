import { door, json, problem } from "@/app/outcome"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { typedOrder } from "@/domain/exports/typed"
import { listExports, orderExport } from "@/usecases/exports/ordered"
import { parseAsOf } from "@/usecases/register/as-of"

/** Asks for a package. A machine is answered at once with the address where it can hear how far it is; a form goes to the list. */
export const POST = door({
  input: (sent, _params, form) => {
    const { asOf, ...order } = sent
    // A day means its end (UTC); what is no instant is left as it is, to be refused.
    const at = typeof asOf === "string" && asOf !== "" ? (parseAsOf(asOf) ?? asOf) : null
    return { ...(form ? typedOrder(order) : order), asOf: at }
  },
  call: orderExport,
  to: ({ id }: { id: string }) => `/audit/exports/${id}`,
  status: 202,
  answer: ({ id }: { id: string }) => ({ id, address: `/api/v1/exports/${id}` }),
})

/** The exports that were asked for, the newest first: `?before=` for those behind. */
export async function GET(request: Request): Promise<Response> {
  try {
    const before = new URL(request.url).searchParams.get("before")
    const found = await listExports(await requestScene(request), { before })
    return found.ok ? json(found.value) : problem(found)
  } catch (broken) {
    return failed(broken, request)
  }
}
