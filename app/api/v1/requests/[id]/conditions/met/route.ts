import { door } from "@/app/outcome"
import { uploadDoor } from "@/app/upload-door"
import { good } from "@/domain/core/outcome"
import { discard, FILE_LIMITS, putFile, type Received } from "@/usecases/files/put-file"
import { keep } from "@/usecases/people/kept"
import { meetCondition } from "@/usecases/requests/answer-condition"
import type { Scene } from "@/usecases/scene"

type Params = { params: Promise<{ id: string }> }

const inWords = door<{ id: string }>({
  input: (sent, params) => ({
    ...{ requestId: params.id, conditionId: sent.conditionId, words: sent.words ?? "" },
    ...(sent.fileIds === undefined ? {} : { fileIds: sent.fileIds }),
  }),
  call: meetCondition,
  to: (_value, params) => `/requests/${params.id}#conditions`,
})

/** The file of the form, where it holds one, as evidence in the keeping of whoever sent it. */
async function keptFile(scene: Scene, name: string, received: Received | null) {
  if (!received) return good<string[]>([])
  const kept = await putFile(scene, { name, use: "paper", received })
  if (!kept.ok) await discard(scene, received)
  return kept.ok ? good([kept.value.id]) : kept
}

const withFile = (requestId: string) =>
  uploadDoor<unknown, Received | null>({
    act: "condition.meet",
    limit: FILE_LIMITS.paper,
    empty: null,
    call: async (scene, { name, received, field }) => {
      const words = field("words") ?? ""
      const files = await keptFile(scene, name, received)
      const conditionId = field("conditionId")
      const met = files.ok ? await meetCondition(scene, { requestId, conditionId, words, fileIds: files.value }) : files
      // What was typed is there again where the page says why it was refused.
      if (!met.ok)
        await keep(scene, `/requests/${requestId}`, { refusal: met, input: { [`met-${conditionId}`]: words } })
      return met
    },
    to: () => `/requests/${requestId}#conditions`,
    back: `/requests/${requestId}`,
  })

/** Its owner says that a condition is met, and by what: words, and with a form also a file; a machine names files that it sent. */
export const POST = Object.assign(
  async (request: Request, context: Params): Promise<Response> =>
    (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
      ? withFile((await context.params).id)(request)
      : inWords(request, context),
  { actName: meetCondition.actName },
)
