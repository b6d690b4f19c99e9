import { door } from "@/app/outcome"
import { beginTransfer } from "@/usecases/transfers/begin-transfer"

const given = (value: unknown): unknown => (value === "" || value === undefined ? null : value)
const list = (value: unknown): unknown => (typeof value === "string" ? [value] : (value ?? []))

/** Begins the request that holds a transfer of control as a set; a form goes to the request. */
export const POST = door({
  input: (sent, _params, form) => {
    const weeks = given(sent.objectionWeeks)
    return {
      ...{ partyId: sent.partyId, flows: list(sent.flows), name: sent.name, closingOn: sent.closingOn },
      ...{ noticeOn: given(sent.noticeOn), reconsentOn: given(sent.reconsentOn), title: sent.title },
      objectionWeeks: form && typeof weeks === "string" ? Number(weeks) : weeks,
      endFlows: form ? sent.endFlows === "yes" : (sent.endFlows ?? false),
    }
  },
  call: beginTransfer,
  to: (value: { id: string }) => `/requests/${value.id}`,
  status: 201,
})
