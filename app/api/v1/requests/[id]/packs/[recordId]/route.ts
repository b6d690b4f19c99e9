import { aboutOf, allOf, oneOf } from "@/app/api/v1/packs/about-form"
import { door } from "@/app/outcome"
import { paramsOf, TEMPLATES } from "@/domain/packs/templates"
import { editPack } from "@/usecases/packs/draft-pack"

type Params = { id: string; recordId: string }

/** One step of writing a version: its days and scope, or one clause. */
export const POST = door<Params>({
  input: (sent, { id, recordId }, form) => ({
    ...{ requestId: id, recordId },
    edit: form ? editOf(sent) : sent,
  }),
  call: editPack,
  to: (_value, { id, recordId }, sent) => `/requests/${id}/records/${recordId}#${ANCHOR[oneOf(sent.do)] ?? "changes"}`,
})

const ANCHOR: Record<string, string> = { about: "about", ends: "about" }

function editOf(sent: Record<string, unknown>): Record<string, unknown> {
  const step = oneOf(sent.do)
  const words = { title: oneOf(sent.title), duty: oneOf(sent.duty), remedy: oneOf(sent.remedy) }
  if (step === "ends") return { do: step, effectiveFrom: oneOf(sent.effectiveFrom) }
  if (step === "about") return { do: step, ...aboutOf(sent) }
  if (step === "make")
    return { do: step, template: oneOf(sent.template), given: givenOf(sent), ...words, severity: oneOf(sent.severity) }
  if (step === "reword") return { do: step, clause: oneOf(sent.clause), ...words, severity: oneOf(sent.severity) }
  return { do: step, clause: oneOf(sent.clause) }
}

/** The parameters of a template: a form sends text, and lists one value at a time. */
function givenOf(sent: Record<string, unknown>): Record<string, unknown> {
  const found = TEMPLATES.find((one) => one.name === oneOf(sent.template))
  if (!found) return {}
  return Object.fromEntries(
    paramsOf(found).map(({ name, kind }) => {
      const value = sent[`given.${name}`]
      if (kind === "number") return [name, oneOf(value) === "" ? null : Number(oneOf(value))]
      return [name, kind === "one" ? oneOf(value) : allOf(value)]
    }),
  )
}
