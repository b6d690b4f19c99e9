import { door } from "@/app/outcome"
import { proposeChain } from "@/usecases/announcements/answer-announcement"

/** Begins the request that changes the chain after silence accepted; a form goes to the request. */
export const POST = door({
  input: ({ id, title }) => ({ id, title }),
  call: proposeChain,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
