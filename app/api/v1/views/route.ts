import { door } from "@/app/outcome"
import { keepView } from "@/usecases/register/views"

/** Keeps a view of a list under a name of one's own. */
export const POST = door({
  input: ({ name, address }) => ({ name, address }),
  call: keepView,
  to: ({ address }: { address: string }) => address,
  status: 201,
})
