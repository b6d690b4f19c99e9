import { bodyOf, isForm } from "@/app/body"
import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { draftLetter } from "@/usecases/letters/read-letters"
import { keep } from "@/usecases/people/kept"

/** A letter as PDF, of the words that are sent. Nothing is kept; what cannot be shown is said beside the words. */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const scene = await requestScene(request)
    const body = await bodyOf(request)
    if (!body.ok) return problem(body)
    const { agreementId, kind, text, day, title } = (body.value.value ?? {}) as Record<string, unknown>
    const made = await draftLetter(scene, { agreementId, kind, text, day, title })
    if (made.ok)
      return new Response(new Uint8Array(made.value.bytes), {
        headers: {
          "content-type": "application/pdf",
          "content-disposition": `attachment; filename="letter-${String(kind)}-${String(day)}.pdf"`,
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        },
      })
    if (!isForm(request)) return problem(made)
    const back = new URL(cameFrom(request, "/"), "http://here")
    await keep(scene, back.pathname, { refusal: made, input: body.value.form ?? {} })
    back.searchParams.set("refused", made.says)
    return seeOther(`${back.pathname}${back.search}#refused`)
  } catch (broken) {
    return failed(broken, request)
  }
}
