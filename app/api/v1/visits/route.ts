import { door } from "@/app/outcome"
import { openVisit } from "@/usecases/visits/open-visit"

const said = (value: unknown): unknown => (value === "" || value === undefined ? null : value)
/** Nothing chosen is an empty list, which is refused; `all` is said by choosing it. */
const chosen = (value: unknown): unknown[] | null => {
  const all = said(value) === null ? [] : [value].flat()
  return all.includes("all") ? null : all
}

/** Opens a supervisor's visit: the account with its companies, kinds, period and end, in one act. A form says `all` where it means all. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          personId: said(sent.personId),
          name: said(sent.name),
          email: said(sent.email),
          entityIds: chosen(sent.entityIds),
          kinds: chosen(sent.kinds),
          firstOn: said(sent.firstOn),
          lastOn: said(sent.lastOn),
          lastDay: said(sent.lastDay),
        }
      : sent,
  call: openVisit,
  to: () => "/admin/people",
  show: (value: { path: string | null }): Record<string, string> => (value.path ? { path: value.path } : {}),
  status: 201,
})
