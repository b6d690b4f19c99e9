import { z } from "zod"
import { moveRequest, type RequestRow } from "@/db/statements/requests"
import { insertDisclosures } from "@/db/statements/versions"
import { good, refuse } from "@/domain/core/outcome"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import type { Scene } from "@/usecases/scene"
import type { Tx } from "@/db/connect"
import { lockKnown } from "./known-request"

const lockVisible = async (tx: Tx, id: string, scene: Scene): Promise<RequestRow | null> =>
  scene.actor ? lockKnown(tx, id, scene.actor) : null

/** Withdraws one's own request. Nothing of it comes into force; what was said and decided stays on record. */
export const withdrawRequest = act<{ requestId: string; reason: string }, RequestRow, { state: string }>({
  name: "request.withdraw",
  input: z.strictObject({ requestId: idOf("request"), reason: text(4000).default("") }) as unknown as z.ZodType<{
    requestId: string
    reason: string
  }>,
  load: (tx, input, scene) => lockVisible(tx, input.requestId, scene),
  may: (actor, request) => {
    if (request.createdBy !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    if (!["draft", "in-review", "changes-requested"].includes(request.state))
      return refuse("conflict", "conflict.already-ended")
    return good({})
  },
  run: async (_tx, { input, loaded: request }) => {
    const reason = input.reason.trim() ? commitText(input.reason.trim(), request.id) : null
    return done({
      value: { state: "withdrawn" },
      events: [
        {
          act: "request.withdraw",
          request: request.id,
          objects: [{ type: "request", id: request.id, version: request.revision }],
          before: { state: request.state },
          after: { state: "withdrawn" },
          ...(reason ? { reason: { $c: reason.commitment } } : {}),
        },
      ],
      write: async (tx, place) => {
        if (reason) await insertDisclosures(tx, [reason])
        await moveRequest(tx, request.id, { state: "withdrawn", at: place.at })
      },
    })
  },
})

/** Takes one's own request back into the draft while it is in review, so that it can be brought up to date. */
export const reopenRequest = act<{ requestId: string }, RequestRow, { state: string }>({
  name: "request.withdraw",
  input: z.strictObject({ requestId: idOf("request") }) as unknown as z.ZodType<{ requestId: string }>,
  load: (tx, input, scene) => lockVisible(tx, input.requestId, scene),
  may: (actor, request) => {
    if (request.createdBy !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
    if (request.state !== "in-review") return refuse("conflict", "conflict.not-in-review")
    return good({})
  },
  run: async (_tx, { loaded: request }) =>
    done({
      value: { state: "changes-requested" },
      events: [
        {
          act: "request.reopen",
          request: request.id,
          objects: [{ type: "request", id: request.id, version: request.revision }],
          before: { state: request.state },
          after: { state: "changes-requested" },
        },
      ],
      write: async (tx, place) => moveRequest(tx, request.id, { state: "changes-requested", at: place.at }),
    }),
})

export { commentRequest } from "./comment"
