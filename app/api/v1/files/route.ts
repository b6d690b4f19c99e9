import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadOf } from "@/app/upload"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { discard, FILE_LIMITS, putFile, receive, type PutFile } from "@/usecases/files/put-file"
import type { Scene } from "@/usecases/scene"

/**
 * Takes a file; `legalAdvice` of a form, or `x-legal-advice: yes`, marks it as legal advice. It is streamed, counted and hashed; nothing larger than the limit is kept, nor
 * what is refused.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const scene = await requestScene(request)
    const may = scene.actor ? mayAct("file.put", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
    if (!may.ok) return problem(may)
    const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
    const outcome = await take(scene, request)
    if (!form) return outcome.ok ? json(outcome.value, 201) : problem(outcome)
    const url = new URL(cameFrom(request, "/"), "http://here")
    if (!outcome.ok) url.searchParams.set("refused", outcome.says)
    else url.searchParams.delete("refused")
    return seeOther(`${url.pathname}${url.search}`)
  } catch (broken) {
    return failed(broken, request)
  }
}

async function take(scene: Scene, request: Request): Promise<Outcome<PutFile>> {
  const sent = await uploadOf(request, FILE_LIMITS.paper)
  if (!sent.ok) return sent
  if (!sent.value.stream) return refuse("invalid", "invalid.file-empty")
  const received = await receive(scene, sent.value.stream, FILE_LIMITS.paper)
  if (!received.ok) return received
  const kept = await putFile(scene, {
    ...{ name: sent.value.name, use: "paper", received: received.value },
    legalAdvice: sent.value.field("legalAdvice") === "yes",
  })
  if (!kept.ok) await discard(received.value)
  return kept
}
