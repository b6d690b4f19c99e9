import { cameFrom, door } from "@/app/outcome"
import type { Scene } from "@/usecases/scene"
import { askSignatures } from "@/usecases/signatures/ask-again"

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
