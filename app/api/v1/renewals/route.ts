import { formAddress } from "@/components/records/form-address"
import { door } from "@/app/outcome"
import { beginRenewal } from "@/usecases/renewals/begin-renewal"

type Begun = { id: string; recordId: string; path: string; op: string }

/** Begins the request that renews an agreement, lets it lapse, or puts another in its place. */
export const POST = door({
  input: (sent, _params, form) => ({
    ...{ agreementId: sent.agreementId, way: sent.way, title: sent.title },
    ...(form
      ? { anyway: sent.anyway === "yes", seen: listOf(sent.seen), noticeOn: sent.noticeOn || null }
      : ofApi(sent)),
  }),
  call: beginRenewal,
  // What is ended has nothing to fill in; of what is changed the request itself shows what follows from the terms.
  to: (value: Begun) =>
    value.op === "create" ? formAddress(value.id, value.recordId, value.path) : `/requests/${value.id}`,
  status: 201,
})

/** The requests that the page showed, as its form sends them: one text, divided by spaces. */
const listOf = (seen: unknown): string[] => (typeof seen === "string" ? seen.split(" ").filter(Boolean) : [])

/** What was left out is left to the act. */
function ofApi(sent: Record<string, unknown>): Record<string, unknown> {
  const names = ["anyway", "seen", "noticeOn"].filter((name) => sent[name] !== undefined)
  return Object.fromEntries(names.map((name) => [name, sent[name]]))
}
