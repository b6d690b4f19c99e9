import { clausesAddress } from "@/components/papers/address"
import { door } from "@/app/outcome"
import { takeMarks } from "@/usecases/papers/mark-clause"

/** Takes over the marks of another paper with the same words. */
export const POST = door<{ id: string; recordId: string }>({
  input: ({ fileId, of }, { id, recordId }) => ({ requestId: id, recordId, fileId, of }),
  call: takeMarks,
  to: (_value, { id, recordId }, sent) => clausesAddress(id, recordId, { fileId: sent.fileId }),
})
