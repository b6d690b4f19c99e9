import { door } from "@/app/outcome"
import { putCalendar } from "@/usecases/people/calendar"

/** Says when a company works: `{entityId, weekend, holidays}`, the holidays as text, one a line. */
export const POST = door({
  input: (sent, _params, form) =>
    form ? { entityId: sent.entityId, weekend: [sent.weekend ?? []].flat(), holidays: sent.holidays ?? "" } : sent,
  call: putCalendar,
  to: (_value, _params, sent) => `/admin/entities?edit=${encodeURIComponent(String(sent.entityId))}#calendar`,
})
