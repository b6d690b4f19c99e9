import { door } from "@/app/outcome"
import { clearFolder } from "@/usecases/folders/decide-lines"

/** Takes a folder of papers away. */
export const POST = door<{ id: string }>({
  input: (_sent, { id }) => ({ id }),
  call: clearFolder,
  to: () => "/agreements/folders",
})
