import { door } from "@/app/outcome"
import { seeInbox } from "@/usecases/told/inbox"

/** Notes that the reader has seen what they are told, up to the line that stood on top. */
export const POST = door({
  input: (sent) => ({ upTo: sent.upTo }),
  call: seeInbox,
  to: () => "/",
})
