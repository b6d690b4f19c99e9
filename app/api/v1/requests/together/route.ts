import { door } from "@/app/outcome"
import { decideTogether } from "@/usecases/requests/decide-together"

/** What a ticked box of the list says: the request, the content that stood there, and where it is decided. */
function chosenFrom(value: unknown): unknown {
  const [requestId, hash, stage, entityId, forPerson] = String(value).split("~")
  return { requestId, hash, stage, entityId, forPerson: forPerson ? forPerson : null }
}

/** The same decision on many requests; each is decided by itself. */
export const POST = door({
  input: (sent, _params, form) => {
    if (!form) return sent
    const all = sent.which === "all"
    const lines = [(all ? sent.shown : sent.chosen) ?? []].flat()
    const alike = sent.alike ? sent.alike : null
    return {
      ...{ verdict: sent.verdict, reason: sent.reason ?? "", chosen: lines.map(chosenFrom) },
      counted: all ? { alike, q: sent.q ?? "", total: Number(sent.total) } : null,
    }
  },
  call: decideTogether,
  to: (value: { id: string }) => `/requests/together/${value.id}`,
  status: 201,
})
