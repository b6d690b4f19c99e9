import { door } from "@/app/outcome"
import { draftOfRecord } from "@/usecases/requests/draft-request"

/** Begins a request that changes one record in force, with its body as it stands. */
export const POST = door({
  input: (sent) => ({ recordId: sent.recordId, title: sent.title }),
  call: draftOfRecord,
  // `at`: the field that is to be mended, where the form opens.
  to: (value: { id: string; recordId: string }, _params, sent) =>
    `/requests/${value.id}/records/${value.recordId}${typeof sent.at === "string" && sent.at ? `#${encodeURIComponent(sent.at.slice(0, 200))}` : ""}`,
  status: 201,
})
