import { door } from "@/app/outcome"
import { dropRefusedFiles } from "@/usecases/requests/refused-files"

const RECORD_ID = /^[a-z]{3}_[0-9a-z]{26}$/

/** Takes files in which the virus scanner found something out of one's own draft; a form comes back to where it stood. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ requestId: params.id }),
  call: dropRefusedFiles,
  to: (_value, params, sent) =>
    typeof sent.back === "string" && RECORD_ID.test(sent.back)
      ? `/requests/${params.id}/records/${sent.back}`
      : `/requests/${params.id}`,
})
