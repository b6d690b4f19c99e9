import { door } from "@/app/outcome"
import { decideKey } from "@/usecases/log/key-turns"

/** Confirms or refuses the key that waits: `{verdict}`. */
export const POST = door<{ id: string }>({
  input: (sent, { id }) => ({ id, verdict: sent.verdict }),
  call: decideKey,
  to: () => "/audit/keys",
})
