import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadOf, type Upload } from "@/app/upload"
import { refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { mayAct, type ActName } from "@/domain/people/permissions"
import { discard, receive, type Received } from "@/usecases/files/put-file"
import type { Scene } from "@/usecases/scene"

type Sent<R = Received> = { name: string; field: Upload<Received>["field"]; received: R }

type UploadDoor<T, R = Received> = {
  /** What it is: whoever may not do it is refused before a byte of the file is read. */
  act: ActName
  limit: number
  /** How a form without a file is refused; null: a file is laid there or not, and the call looks at that. */
  empty?: string | null
  call: (scene: Scene, sent: Sent<R>) => Promise<Outcome<T>>
  /** Where a form goes when the file was taken; `from` is the page that it came from. */
  to: (value: T, from: string) => string
  /** The page that a refused form goes back to where its own is not known. */
  back: string
  /** What is kept of a refusal for the page that shows it, besides its sentence. */
  refused?: (scene: Scene, path: string, refusal: Refusal) => Promise<void>
  answer?: (value: T) => unknown
}

type Handler = { (request: Request): Promise<Response>; actName: ActName }

/**
 * A route handler that takes a file: a form sends it as `file` of a multipart body and gets a page, a machine sends the
 * bytes with `x-file-name` and gets JSON. What is too large is refused without being read to its end.
 */
export function uploadDoor<T, R extends Received | null = Received>(way: UploadDoor<T, R>): Handler {
  const handle = async (request: Request): Promise<Response> => {
    try {
      return await through(way, request)
    } catch (broken) {
      return failed(broken, request)
    }
  }
  return Object.assign(handle, { actName: way.act })
}

async function through<T, R extends Received | null>(way: UploadDoor<T, R>, request: Request): Promise<Response> {
  if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
  const scene = await requestScene(request)
  const may = scene.actor ? mayAct(way.act, scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return problem(may)
  const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
  const outcome = await taken(way, scene, request)
  if (!form) return outcome.ok ? json(way.answer ? way.answer(outcome.value) : outcome.value, 201) : problem(outcome)
  const from = new URL(cameFrom(request, way.back), "http://here")
  from.searchParams.delete("refused")
  if (outcome.ok) return seeOther(way.to(outcome.value, `${from.pathname}${from.search}`))
  await way.refused?.(scene, from.pathname, outcome)
  from.searchParams.set("refused", outcome.says)
  if (outcome.fields?.[0]) from.searchParams.set("field", outcome.fields[0].says)
  else from.searchParams.delete("field")
  for (const [name, value] of Object.entries(outcome.params ?? {})) from.searchParams.set(`p.${name}`, String(value))
  return seeOther(`${from.pathname}${from.search}#refused`)
}

async function taken<T, R extends Received | null>(
  way: UploadDoor<T, R>,
  scene: Scene,
  request: Request,
): Promise<Outcome<T>> {
  const sent = await received(scene, request, way.limit)
  if (!sent.ok) return sent
  const { received: file, ...rest } = sent.value
  if (file === null && way.empty !== null) return refuse("invalid", way.empty ?? "import.empty")
  return way.call(scene, { ...rest, received: file as R })
}

/** What was sent as a file, received while it came. */
export function received(scene: Scene, request: Request, limit: number): Promise<Outcome<Upload<Received>>> {
  return uploadOf(request, limit, {
    take: (stream) => receive(scene, stream, limit),
    drop: (file) => discard(scene, file),
  })
}
