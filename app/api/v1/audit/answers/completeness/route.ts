import { door } from "@/app/outcome"
import { checkCompleteness, type CompletenessPage } from "@/usecases/answers/check-completeness"
import { parseAsOf } from "@/usecases/register/as-of"

/**
 * Holds pasted lines against the register. A form gets its page, to which the answer is shown once; a machine gets the answer.
 * Nothing of it is written anywhere else.
 */
export const POST = door({
  input: (sent) => ({
    list: sent.list ?? "",
    asOf: typeof sent["as-of"] === "string" ? parseAsOf(sent["as-of"]) : null,
  }),
  call: checkCompleteness,
  to: (_value: CompletenessPage, _params, sent) => {
    const asOf = typeof sent["as-of"] === "string" && parseAsOf(sent["as-of"]) ? sent["as-of"] : ""
    return `/audit/answers/completeness?done=1${asOf ? `&as-of=${encodeURIComponent(asOf)}` : ""}`
  },
  show: (value: CompletenessPage) => ({ answer: JSON.stringify(value) }),
})
