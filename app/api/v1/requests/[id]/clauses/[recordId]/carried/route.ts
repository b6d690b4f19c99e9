import { clausesAddress } from "@/components/papers/address"
import { door } from "@/app/outcome"
import { carryOver } from "@/usecases/papers/mark-clause"

/** Carries the marks of a paper in a draft from one of its files to another. */
export const POST = door<{ id: string; recordId: string }>({
  input: ({ from, to }, { id, recordId }) => ({ requestId: id, recordId, from, to }),
  call: carryOver,
  to: (_value, { id, recordId }, sent) => clausesAddress(id, recordId, { fileId: sent.to }),
})
