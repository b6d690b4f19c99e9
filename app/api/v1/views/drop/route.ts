import { door } from "@/app/outcome"
import { dropView } from "@/usecases/register/views"

/** Lets a view of one's own go; the list stays as it is shown. */
export const POST = door({
  input: ({ id }) => ({ id }),
  call: dropView,
  to: ({ address }: { address: string }) => address,
})
