import { isForm, TOO_LARGE } from "@/app/body"
import { door, fromOurselves, seeOther } from "@/app/outcome"
import { draftInquiry, type Drafted } from "@/usecases/inquiries/draft"

const PAGE = "/audit/inquiries/new"

const drafted = door({
  input: (sent) => sent,
  call: draftInquiry,
  to: ({ fields, at }: Drafted) =>
    fields.lines === undefined ? `${PAGE}?step=1#text` : `${PAGE}?step=2#${at === 0 ? "questions" : `question-${at}`}`,
  // What was typed stands on the page that follows, and nowhere else.
  show: ({ fields }: Drafted) => ({ draft: JSON.stringify(fields) }),
})

/** Takes a pasted letter apart, or follows a button of its questions; nothing is written. What is larger than any form is said on the page. */
async function draft(request: Request, context: { params: Promise<Record<string, never>> }): Promise<Response> {
  const huge = Number(request.headers.get("content-length") ?? "0") > TOO_LARGE
  if (huge && isForm(request) && fromOurselves(request)) return seeOther(`${PAGE}?refused=invalid.inquiry-huge#refused`)
  return drafted(request, context)
}

export const POST = Object.assign(draft, { actName: drafted.actName })
