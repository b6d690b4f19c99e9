import { cameFrom, door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import type { Scene } from "@/usecases/scene"
import { parseAsOf } from "@/usecases/register/as-of"
import { askSignatures } from "@/usecases/signatures/ask-again"
import { readSignatures } from "@/usecases/signatures/read-signatures"

async function ask(scene: Scene, input: unknown, request: Request) {
  const asked = await askSignatures(scene, input)
  return asked.ok ? { ok: true as const, value: { ...asked.value, back: cameFrom(request, "/agreements") } } : asked
}

/** Somebody has the signatures of a file looked at again. */
export const POST = door({
  input: (sent) => ({ fileId: sent.fileId }),
  call: Object.assign(ask, { actName: askSignatures.actName }),
  to: (value: { back: string }) => value.back,
  answer: (value: { asked: boolean }) => ({ asked: value.asked }),
})

/**
 * `GET /api/v1/signatures?file=ID&file=ID&as-of=INSTANT`: what is known of the signatures in files, each with its whole report; of
 * files that the reader may not read there is nothing.
 */
export async function GET(request: Request): Promise<Response> {
  const sent = new URL(request.url).searchParams
  const asked = { fileIds: sent.getAll("file"), asOf: parseAsOf(sent.get("as-of") ?? "") }
  const found = await readSignatures(await requestScene(request), asked)
  return found.ok ? json({ files: found.value }) : problem(found)
}
