import { bodyOf, type Fields } from "@/app/body"
import { failed } from "@/app/failure"
import { cameFrom, door, fromOurselves, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { isId } from "@/domain/core/id"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import { parseForm } from "@/domain/records/parse-form"
import { withoutMarks, withoutUnasked } from "@/domain/records/unasked"
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
          body: isKind(sent._kind) ? withoutUnasked(parseForm(sent._kind, sent as Fields)) : {},
        }
      : { ...sent, body: withoutMarks(sent.body), requestId: params.id },
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
    const adds = typeof form?._add === "string" ? form._add : ""
    const list = adds || String(form?._drop ?? "").split("~")[0] || ""
    if (!form || list === "") return await save(request, context)
    const { id } = await context.params
    const back = cameFrom(request, `/requests/${encodeURIComponent(id)}`).split("?")[0] ?? "/requests"
    await keep(await requestScene(request), back, { input: form })
    // The page opens at the line that is new, or at the list that lost one.
    const count = form[`${list}.count`]
    const line = adds ? `${list}.${typeof count === "string" ? count : "0"}` : list
    return seeOther(`${back}#${encodeURIComponent(line)}`)
  } catch (broken) {
    return failed(broken, request)
  }
}
