import { bodyOf, type Fields } from "@/app/body"
import { failed } from "@/app/failure"
import { cameFrom, door, fromOurselves, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { isId } from "@/domain/core/id"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import { parseForm } from "@/domain/records/parse-form"
import { keep } from "@/usecases/people/kept"
import { saveProposal } from "@/usecases/requests/draft-request"

const isKind = (word: unknown): word is RecordKind => (RECORD_KINDS as readonly unknown[]).includes(word)

const save = door<{ id: string }>({
  input: (sent, params, form) =>
    form
      ? {
          requestId: params.id,
          ...(isKind(sent._kind) && isId(sent._kind, sent._record) ? { recordId: sent._record } : {}),
          kind: sent._kind,
          op: sent._op,
          discovered: sent._discovered === "yes",
          body: isKind(sent._kind) ? parseForm(sent._kind, sent as Fields) : {},
        }
      : { ...sent, requestId: params.id },
  call: saveProposal,
  to: (_value, params) => `/requests/${params.id}`,
})

/** Saves one proposal of a draft. A form's buttons for lines keep what was typed and show the form again. */
export async function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const type = request.headers.get("content-type") ?? ""
  if (!type.startsWith("application/x-www-form-urlencoded") || !fromOurselves(request)) return save(request, context)
  try {
    const sent = await bodyOf(request.clone() as Request)
    const form = sent.ok ? sent.value.form : null
    const line = form?._add ?? String(form?._drop ?? "").split("~")[0]
    if (!form || typeof line !== "string" || line === "") return await save(request, context)
    const { id } = await context.params
    const back = cameFrom(request, `/requests/${encodeURIComponent(id)}`).split("?")[0] ?? "/requests"
    await keep(await requestScene(request), back, { input: form })
    return seeOther(`${back}#${encodeURIComponent(line)}`)
  } catch (broken) {
    return failed(broken, request)
  }
}
