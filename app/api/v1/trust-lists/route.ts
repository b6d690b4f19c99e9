import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadDoor } from "@/app/upload-door"
import { discard } from "@/usecases/files/put-file"
import { keep } from "@/usecases/people/kept"
import { parseAsOf } from "@/usecases/register/as-of"
import { LARGEST_LIST } from "@/usecases/signatures/check-list"
import { readTrust } from "@/usecases/trust/read-trust"
import { proposeTrustList } from "@/usecases/trust/trust-lists"

/** Proposes a file of trusted roots: `file`, `name`, `source`, `fromOn`. It is read apart from the server. */
export const POST = uploadDoor({
  act: "trust.propose",
  limit: LARGEST_LIST,
  empty: null,
  call: async (scene, { field, received }) => {
    const said = { name: field("name") ?? "", source: field("source") ?? "", fromOn: field("fromOn") ?? "" }
    try {
      const pieces: Buffer[] = []
      if (received) for await (const piece of scene.files.staged(received)) pieces.push(piece as Buffer)
      const bytes = received ? Buffer.concat(pieces) : null
      const outcome = await proposeTrustList(scene, { ...said, bytes })
      if (!outcome.ok) await keep(scene, "/admin/trust", { refusal: outcome, input: said })
      return outcome
    } finally {
      // The bytes of a list are kept beside it, not among the files.
      if (received) await discard(scene, received)
    }
  },
  to: () => "/admin/trust#waiting",
  back: "/admin/trust",
})

/** The trusted roots that stand, or stood `?as-of=` an instant, and which list stood when. */
export async function GET(request: Request): Promise<Response> {
  const asOf = parseAsOf(new URL(request.url).searchParams.get("as-of") ?? "")
  const outcome = await readTrust(await requestScene(request), { asOf })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
