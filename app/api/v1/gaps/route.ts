import { cameFrom, door } from "@/app/outcome"
import { takeGap } from "@/usecases/promises/take-gap"
import type { Scene } from "@/usecases/scene"

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

async function take(scene: Scene, input: unknown, request: Request) {
  const taken = await takeGap(scene, input)
  return taken.ok ? { ok: true as const, value: { ...taken.value, back: cameFrom(request, "/findings") } } : taken
}

/** Somebody sees to what is not evidenced, by a day; without an owner it is laid down again. */
export const POST = door({
  input: (sent) => ({
    recordId: sent.recordId,
    clause: sent.clause,
    ownerId: text(sent.ownerId),
    dueOn: text(sent.dueOn),
  }),
  call: Object.assign(take, { actName: takeGap.actName }),
  to: (value: { back: string }) => value.back,
  answer: (value: { ownerId: string | null }) => ({ ownerId: value.ownerId }),
})
