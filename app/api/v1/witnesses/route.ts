import { door } from "@/app/outcome"
import { nameWitness } from "@/usecases/log/witnesses"

/** Names a witness of the log: `{name, address, key}`. */
export const POST = door({
  input: (sent) => ({ name: sent.name ?? "", address: sent.address ?? "", key: sent.key ?? "" }),
  call: nameWitness,
  to: () => "/audit/witnesses",
  status: 201,
})
