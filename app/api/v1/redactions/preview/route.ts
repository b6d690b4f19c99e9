import { bodyOf, isForm } from "@/app/body"
import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, problem, seeOther } from "@/app/outcome"
import { withheldOf } from "@/app/redaction-form"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { keep } from "@/usecases/people/kept"
import { previewCopy } from "@/usecases/redactions/make-copy"

/** A redacted copy as it would be. Nothing is kept; what cannot be made is said beside the choice. */
async function preview(request: Request): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const scene = await requestScene(request)
    const may = scene.actor ? mayAct("redaction.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
    if (!may.ok) return problem(may)
    const body = await bodyOf(request)
    if (!body.ok) return problem(body)
    const form = isForm(request)
    const sent = (body.value.value ?? {}) as Record<string, unknown>
    const made = await previewCopy(scene, {
      ...{ agreementId: sent.agreementId, fileId: sent.fileId, withheld: withheldOf(sent, form) },
    })
    if (made.ok)
      return new Response(new Uint8Array(made.value.bytes), {
        headers: {
          "content-type": "application/pdf",
          "content-disposition": 'attachment; filename="preview.pdf"',
          "content-security-policy": "sandbox; default-src 'none'",
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        },
      })
    if (!form) return problem(made)
    const back = new URL(cameFrom(request, "/"), "http://here")
    await keep(scene, back.pathname, { refusal: made, input: body.value.form ?? {} })
    back.searchParams.set("refused", made.says)
    const [first] = made.fields ?? []
    if (first) back.searchParams.set("field", first.says)
    return seeOther(`${back.pathname}${back.search}#refused`)
  } catch (broken) {
    return failed(broken, request)
  }
}

export const POST = Object.assign(preview, { actName: "redaction.make" })
