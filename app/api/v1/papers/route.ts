import { door } from "@/app/outcome"
import { pageOfPaper } from "@/components/templates/paper-page"
import { makePaper } from "@/usecases/templates/make-paper"

const given = (value: unknown): unknown => (value === "" || value === undefined ? null : value)

/** Makes the paper of an agreement from a template in force: `{recordId, requestId, templateId}`. */
export const POST = door({
  input: ({ recordId, requestId, templateId }) => ({ recordId, requestId: given(requestId), templateId }),
  call: makePaper,
  to: (_value, _params, { recordId, requestId }) =>
    `${pageOfPaper(String(recordId), requestId ? String(requestId) : null)}#sent`,
  status: 201,
})
