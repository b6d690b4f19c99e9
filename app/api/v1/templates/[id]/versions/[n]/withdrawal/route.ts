import { door } from "@/app/outcome"
import { withdrawTemplate } from "@/usecases/templates/templates"

/** Takes back a version of a template that nobody decided on yet. */
export const POST = door<{ id: string; n: string }>({
  input: (_sent, { id, n }) => ({ id, n }),
  call: withdrawTemplate,
  to: (_value, { id }) => `/templates/${id}`,
})
