import { door } from "@/app/outcome"
import { proposeFolder } from "@/usecases/folders/propose-lines"

/** Makes one draft of all confirmed files of a folder. */
export const POST = door<{ id: string }>({
  input: ({ title }, { id }) => ({ id, title }),
  call: proposeFolder,
  to: (value: { id: string | null }, { id }) =>
    value.id === null ? `/agreements/folders/${id}?view=aside` : `/requests/${value.id}`,
  status: 201,
})
