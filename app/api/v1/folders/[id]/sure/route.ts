import { door } from "@/app/outcome"
import { confirmSure } from "@/usecases/folders/decide-lines"

/** Confirms every file of a folder that is sure. */
export const POST = door<{ id: string }>({
  input: (_sent, { id }) => ({ id }),
  call: confirmSure,
  to: (_value, { id }) => `/agreements/folders/${id}?view=confirmed`,
})
