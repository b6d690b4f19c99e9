import { door } from "@/app/outcome"
import { beginPackTry } from "@/usecases/packs/try-pack"

/** Has a proposed version tried in the background: the run says sharing by sharing what would change. */
export const POST = door<{ id: string; recordId: string }>({
  input: (_sent, { id, recordId }) => ({ requestId: id, recordId }),
  call: beginPackTry,
  to: ({ runId }: { runId: string }) => `/what-if/runs/${runId}`,
  status: 201,
})
