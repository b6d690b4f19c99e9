import { door } from "@/app/outcome"
import { turnThread } from "@/usecases/requests/comment"

/** Settles a thread of comments, or takes it up again. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ requestId: params.id, thread: sent.thread, turn: sent.turn }),
  call: turnThread,
  to: (_value, params, sent) => `/requests/${params.id}#thread-${typeof sent.thread === "string" ? sent.thread : ""}`,
})
