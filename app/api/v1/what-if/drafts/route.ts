import { door } from "@/app/outcome"
import { draftRequests, type Drafted } from "@/usecases/whatif/draft-requests"
import { supposedIn } from "@/app/api/v1/what-if/supposed"

/** Begins the drafts that would mend what a scenario uncovers. */
export const POST = door({
  input: (sent, _params, form) =>
    form ? { ...supposedIn(sent, form), by: sent.by, way: sent.way, title: sent.title } : sent,
  call: draftRequests,
  to: ({ requests }: Drafted, _params, sent) =>
    requests.length === 1
      ? `/requests/${requests[0]?.id}`
      : `/requests?${new URLSearchParams({ q: String(sent.title ?? ""), "f.state": "draft" })}`,
  status: 201,
})
