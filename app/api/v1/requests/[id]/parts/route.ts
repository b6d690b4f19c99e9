import { door } from "@/app/outcome"
import { selectionOf } from "@/app/selection"
import { sendBack } from "@/usecases/requests/send-back"

/** Sends a part of an import under review back to its importer, from the seat that is named, on the content that was shown. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) =>
    form
      ? {
          requestId: params.id,
          hash: sent.hash,
          stage: sent.stage,
          entityId: sent.entityId,
          reason: sent.reason ?? "",
          title: sent.title ?? "",
          ...selectionOf(sent),
        }
      : { ...sent, requestId: params.id },
  call: sendBack,
  to: (_value, params) => `/requests/${params.id}`,
})
