import { door } from "@/app/outcome"
import { beginMerge } from "@/usecases/merges/merge-parties"

/** Begins the request that merges one party into another from a day on; a form goes to the request. */
export const POST = door({
  input: ({ fromId, intoId, on, title }) => ({ fromId, intoId, on, title }),
  call: beginMerge,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
