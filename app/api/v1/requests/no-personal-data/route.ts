import { door } from "@/app/outcome"
import { selectionOf } from "@/app/selection"
import { proposeNoPersonalData } from "@/usecases/requests/no-personal-data"

/** Begins one request that proposes *no personal data found* for the suppliers of a selection. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          ...selectionOf(sent),
          title: sent.title ?? "",
          reason: sent.reason ?? "",
          reviewOn: sent.reviewOn ?? "",
          count: typeof sent.count === "string" && /^\d{1,9}$/.test(sent.count) ? Number(sent.count) : null,
        }
      : sent,
  call: proposeNoPersonalData,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
