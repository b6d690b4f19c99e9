import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadOf } from "@/app/upload"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { receive } from "@/usecases/files/put-file"
import { openImport } from "@/usecases/imports/open-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import type { Scene } from "@/usecases/scene"

/**
 * Takes a file as an import. A form sends `file` and `entityId`; a machine sends the bytes, with `x-file-name` and
 * `x-entity-id`. Refused before it is read where it is too large.
 */
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
  const back = new URL(cameFrom(request, "/imports"), "http://here")
  const outcome = await opened(scene, request)
  if (!outcome.ok) {
    if (!form) return problem(outcome)
    back.searchParams.set("refused", outcome.says)
    for (const [name, value] of Object.entries(outcome.params ?? {})) back.searchParams.set(`p.${name}`, String(value))
    return seeOther(`${back.pathname}${back.search}`)
  }
  const { id } = outcome.value
  return form ? seeOther(`/imports/${id}`) : json({ id }, 201)
}

async function opened(scene: Scene, request: Request): Promise<Outcome<{ id: string }>> {
  const sent = await uploadOf(request, IMPORT_LIMIT)
  if (!sent.ok) return sent
  const { name, stream, field } = sent.value
  if (!stream) return refuse("invalid", "import.empty")
  const received = await receive(scene, stream, IMPORT_LIMIT)
  return received.ok
    ? openImport(scene, { name, received: received.value, entityId: field("entityId") ?? "" })
    : received
}
