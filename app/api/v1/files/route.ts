import { Readable } from "node:stream"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"

/**
 * Takes a file. A form sends it as `file` of a multipart body; a machine sends the bytes alone, with its name in
 * `x-file-name`. It is streamed, counted and hashed; nothing larger than the limit is kept.
 */
export async function POST(request: Request): Promise<Response> {
  if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
  const scene = await requestScene(request)
  const may = scene.actor ? mayAct("file.put", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return problem(may)
  const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
  const back = cameFrom(request, "/")
  if (Number(request.headers.get("content-length") ?? "0") > FILE_LIMITS.paper + 10_000) {
    return problem(refuse("invalid", "invalid.file-too-large", { params: { limit: FILE_LIMITS.paper / 1024 / 1024 } }))
  }
  const sent = form
    ? await fromForm(request)
    : { name: decodeURIComponent(request.headers.get("x-file-name") ?? ""), stream: request.body }
  if (!sent?.stream) return problem(refuse("invalid", "invalid.file-empty"))
  const received = await receive(scene, Readable.fromWeb(sent.stream as never), FILE_LIMITS.paper)
  const outcome = received.ok
    ? await putFile(scene, { name: sent.name, use: "paper", received: received.value })
    : received
  if (!form) return outcome.ok ? json(outcome.value, 201) : problem(outcome)
  const url = new URL(back, "http://here")
  if (!outcome.ok) url.searchParams.set("refused", outcome.says)
  else url.searchParams.delete("refused")
  return seeOther(`${url.pathname}${url.search}`)
}

async function fromForm(request: Request): Promise<{ name: string; stream: ReadableStream } | null> {
  const file = (await request.formData()).get("file")
  return file instanceof File ? { name: file.name, stream: file.stream() } : null
}
