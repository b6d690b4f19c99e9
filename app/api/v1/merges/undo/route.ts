import { door } from "@/app/outcome"
import { undoMerge } from "@/usecases/merges/undo-merge"

/** Begins the request that undoes the merge by which the party ended; a form goes to the request. */
export const POST = door({
  input: ({ recordId, title }) => ({ recordId, title }),
  call: undoMerge,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
