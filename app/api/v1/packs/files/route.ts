import { text } from "node:stream/consumers"
import { failed } from "@/app/failure"
import { cameFrom, fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadOf } from "@/app/upload"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { downloadPack, uploadPack } from "@/usecases/packs/pack-file"
import type { Begun } from "@/usecases/packs/draft-pack"
import { keep } from "@/usecases/people/kept"
import type { Scene } from "@/usecases/scene"

const LIMIT = 900_000

/** `GET /api/v1/packs/files`: the text that counts (`pack`, or `record` of ours) as a file for its next version. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const outcome = await downloadPack(await requestScene(request), {
    pack: words.get("pack") ?? "statement",
    recordId: words.get("record") || null,
  })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.text, {
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="${outcome.value.name}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}

/** Takes a file as a version of a pack, whole or not at all. A form sends `file` and `title`; a machine the bytes. */
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
  const may = scene.actor ? mayAct("pack.propose", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return problem(may)
  const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
  const outcome = await begun(scene, request)
  if (outcome.ok) {
    const { id, recordId } = outcome.value
    return form ? seeOther(`/requests/${id}/records/${recordId}`) : json(outcome.value, 201)
  }
  if (!form) return problem(outcome)
  const back = new URL(cameFrom(request, "/promises/own"), "http://here")
  await keep(scene, `${back.pathname}#file`, { refusal: outcome })
  back.searchParams.set("refused", outcome.says)
  return seeOther(`${back.pathname}${back.search}#refused`)
}

async function begun(scene: Scene, request: Request): Promise<Outcome<Begun>> {
  const sent = await uploadOf(request, LIMIT)
  if (!sent.ok) return sent
  const { stream, field } = sent.value
  if (!stream) return refuse("invalid", "import.empty")
  return uploadPack(scene, { text: await text(stream), title: field("title") ?? "" })
}
