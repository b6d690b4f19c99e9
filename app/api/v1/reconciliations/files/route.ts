import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadOf } from "@/app/upload"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { receive } from "@/usecases/files/put-file"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import { openList } from "@/usecases/reconcile/reconciliations"
import type { Scene } from "@/usecases/scene"

/** Takes a file as a list of suppliers; it is read by the worker. A machine sends the bytes, with `x-file-name`. */
export async function POST(request: Request): Promise<Response> {
  try {
    return await take(request)
  } catch (broken) {
    return failed(broken, request)
  }
}

async function take(request: Request): Promise<Response> {
  if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
  const scene = await requestScene(request)
  const may = scene.actor ? mayAct("import.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return problem(may)
  const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
  const outcome = await opened(scene, request)
  if (outcome.ok) return form ? seeOther(`/suppliers/lists/${outcome.value.id}`) : json({ id: outcome.value.id }, 201)
  if (!form) return problem(outcome)
  const back = new URL(cameFrom(request, "/suppliers"), "http://here")
  back.searchParams.set("refused", outcome.says)
  return seeOther(`${back.pathname}${back.search}#refused`)
}

async function opened(scene: Scene, request: Request): Promise<Outcome<{ id: string }>> {
  const sent = await uploadOf(request, IMPORT_LIMIT)
  if (!sent.ok) return sent
  const { name, stream } = sent.value
  if (!stream) return refuse("invalid", "import.empty")
  const received = await receive(scene, stream, IMPORT_LIMIT)
  return received.ok ? openList(scene, { name, received: received.value }) : received
}
