import { door } from "@/app/outcome"
import { bringCheckpoint } from "@/usecases/log/witnesses"

/** Brings back a checkpoint that a witness signed: `{note}`. */
export const POST = door({
  input: (sent) => ({ note: sent.note ?? "" }),
  call: bringCheckpoint,
  to: ({ size }) => `/audit/witnesses?kept=${size}`,
  status: 201,
})
