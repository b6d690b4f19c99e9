import { door } from "@/app/outcome"
import { takeKeyBack } from "@/usecases/log/key-turns"

/** Takes back the key that waits. */
export const POST = door<{ id: string }>({
  input: (_sent, { id }) => ({ id }),
  call: takeKeyBack,
  to: () => "/audit/keys",
})
