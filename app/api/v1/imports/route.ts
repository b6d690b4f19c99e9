import { Readable } from "node:stream"
import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { receive } from "@/usecases/files/put-file"
import { openImport } from "@/usecases/imports/open-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"

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
  const tooLarge = Number(request.headers.get("content-length") ?? "0") > IMPORT_LIMIT + 10_000
  const sent = tooLarge ? null : form ? await fromForm(request) : fromMachine(request)
  const received = tooLarge
    ? refuse("invalid", "invalid.file-too-large", { params: { limit: IMPORT_LIMIT / 1024 / 1024 } })
    : sent?.stream
      ? await receive(scene, Readable.fromWeb(sent.stream as never), IMPORT_LIMIT)
      : refuse("invalid", "import.empty")
  const outcome =
    received.ok && sent
      ? await openImport(scene, { name: sent.name, received: received.value, entityId: sent.entityId })
      : received
  if (!outcome.ok) {
    if (!form) return problem(outcome)
    back.searchParams.set("refused", outcome.says)
    for (const [name, value] of Object.entries(outcome.params ?? {})) back.searchParams.set(`p.${name}`, String(value))
    return seeOther(`${back.pathname}${back.search}`)
  }
  const { id } = outcome.value as { id: string }
  return form ? seeOther(`/imports/${id}`) : json({ id }, 201)
}

type Sent = { name: string; entityId: string; stream: ReadableStream | null }

async function fromForm(request: Request): Promise<Sent | null> {
  const data = await request.formData()
  const file = data.get("file")
  const entityId = data.get("entityId")
  return file instanceof File && typeof entityId === "string"
    ? { name: file.name, entityId, stream: file.size ? file.stream() : null }
    : null
}

function fromMachine(request: Request): Sent {
  return {
    name: decodeURIComponent(request.headers.get("x-file-name") ?? ""),
    entityId: request.headers.get("x-entity-id") ?? "",
    stream: request.body,
  }
}
