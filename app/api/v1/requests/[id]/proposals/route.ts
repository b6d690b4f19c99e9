import type { Fields } from "@/app/body"
import { cameFrom, door, seeOther } from "@/app/outcome"
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
  if (!type.startsWith("application/x-www-form-urlencoded")) return save(request, context)
  const copy = request.clone()
  const sent = new URLSearchParams(await copy.text())
  const button = ["_add", "_drop"].find((name) => sent.has(name))
  if (!button) return save(request, context)
  const fields: Fields = {}
  for (const [name, value] of sent) {
    const had = fields[name]
    fields[name] = had === undefined ? value : Array.isArray(had) ? [...had, value] : [had, value]
  }
  const { id } = await context.params
  const back = cameFrom(request, `/requests/${id}`).split("?")[0] ?? `/requests/${id}`
  await keep(await requestScene(request), back, { input: fields })
  // The page opens at the line that is new, or at the list that lost one.
  const list = button === "_add" ? (sent.get("_add") ?? "") : ((sent.get("_drop") ?? "").split("~")[0] ?? "")
  return seeOther(`${back}#${list}${button === "_add" ? `.${sent.get(`${list}.count`) ?? "0"}` : ""}`)
}
