import { Readable } from "node:stream"
import { failed } from "@/app/failure"
import { BadForm, borderOf, readForm } from "@/app/multipart"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { isCut } from "@/app/upload"
import { received } from "@/app/upload-door"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { FILE_LIMITS, receive, type Received } from "@/usecases/files/put-file"
import { addToFolder, beginFolder, FOLDER_FILES, type Added } from "@/usecases/folders/add-file"
import type { Scene } from "@/usecases/scene"

type Door = { (request: Request, context: { params: Promise<{ id?: string }> }): Promise<Response>; actName: string }

/**
 * Takes many files into a folder: a form sends them all as `file` and gets the folder's page, a machine begins one, and sends the
 * bytes of each with `x-file-name`. Each is received while it comes; one that is refused is a line of the folder, and the
 * others go on.
 */
export function folderDoor(): Door {
  const handle = async (request: Request, context: { params: Promise<{ id?: string }> }): Promise<Response> => {
    try {
      if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
      const scene = await requestScene(request)
      const may = scene.actor ? mayAct("folder.match", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
      if (!may.ok) return problem(may)
      const { id } = (await context.params) ?? {}
      const type = request.headers.get("content-type") ?? ""
      if (type.startsWith("multipart/form-data")) return await ofForm(request, scene, { id, type })
      if (!id) return answer(await beginFolder(scene, {}))
      return answer(await ofMachine(request, scene, id))
    } catch (broken) {
      return failed(broken, request)
    }
  }
  return Object.assign(handle, { actName: "folder.match" })
}

const answer = (outcome: Outcome<unknown>): Response => (outcome.ok ? json(outcome.value, 201) : problem(outcome))

async function ofMachine(request: Request, scene: Scene, folderId: string): Promise<Outcome<Added>> {
  const sent = await received(scene, request, FILE_LIMITS.paper)
  if (sent.ok && sent.value.received === null) return refuse("invalid", "invalid.file-empty")
  const name = sent.ok ? sent.value.name : nameOf(request)
  const bytes: Outcome<Received> = sent.ok ? { ok: true, value: sent.value.received as Received } : sent
  return addToFolder(scene, { folderId, name, received: bytes })
}

function nameOf(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get("x-file-name") ?? "")
  } catch {
    return ""
  }
}

async function ofForm(request: Request, scene: Scene, of: { id?: string; type: string }): Promise<Response> {
  const border = borderOf(of.type)
  if (!request.body || border === null) return problem(refuse("invalid", "invalid.body"))
  let folderId = of.id ?? null
  let wrong: Outcome<unknown> | null = null
  try {
    await readForm(
      Readable.fromWeb(request.body as never),
      border,
      async ({ field, name, stream }) => {
        const wanted = field === "file" && name !== "" && (wrong === null || wrong.ok)
        if (wanted && folderId === null) {
          const begun = await beginFolder(scene, {})
          if (begun.ok) folderId = begun.value.id
          else wrong = begun
        }
        const rest = new Rest(stream)
        if (wanted && folderId !== null) {
          const taken = await receive(scene, rest.upTo(FILE_LIMITS.paper), FILE_LIMITS.paper)
          const added = await addToFolder(scene, { folderId, name, received: taken })
          if (!added.ok) wrong = added
        }
        await rest.toItsEnd()
      },
      FOLDER_FILES + 20,
    )
  } catch (problem) {
    // What came before it broke off stands in the folder: the person sees it there, and sends the others once more.
    if (!(problem instanceof BadForm) && !isCut(problem)) throw problem
    wrong ??= refuse("invalid", "invalid.body")
  }
  const refused = (wrong as Outcome<unknown> | null) ?? (folderId === null ? refuse("invalid", "folder.empty") : null)
  const to = folderId === null ? cameFrom(request, "/agreements/folders") : `/agreements/folders/${folderId}`
  const url = new URL(to, "http://here")
  if (refused && !refused.ok) url.searchParams.set("refused", refused.says)
  return seeOther(`${url.pathname}${url.search}`)
}

/** Far beyond what a file may hold nobody reads on to the next one. */
const DRAIN = 4 * FILE_LIMITS.paper

/** A part of a form that is read up to a limit, and then past it without being kept, so that the next part can be read. */
class Rest {
  private readonly pieces: AsyncIterator<Buffer>
  private done = false
  private n = 0

  constructor(stream: Readable) {
    this.pieces = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  }

  private async next(): Promise<Buffer | null> {
    if (this.done) return null
    const found = await this.pieces.next()
    if (found.done) {
      this.done = true
      return null
    }
    this.n += found.value.length
    if (this.n > DRAIN) throw new BadForm("a file without end")
    return found.value
  }

  upTo(limit: number): Readable {
    const pieces = async function* (of: Rest): AsyncGenerator<Buffer> {
      for (let piece = await of.next(); piece; piece = await of.next()) {
        yield piece
        if (of.n > limit) return
      }
    }
    return Readable.from(pieces(this), { objectMode: false })
  }

  async toItsEnd(): Promise<void> {
    while ((await this.next()) !== null);
  }
}
