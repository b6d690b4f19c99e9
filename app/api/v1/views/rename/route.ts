import { door } from "@/app/outcome"
import { renameView } from "@/usecases/register/views"

/** Gives a view of one's own another name. */
export const POST = door({
  input: ({ id, name }) => ({ id, name }),
  call: renameView,
  to: ({ address }: { address: string }) => address,
})
