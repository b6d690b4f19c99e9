import { door, json, problem, type Fields } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listTemplates } from "@/usecases/templates/read-templates"
import { proposeTemplate } from "@/usecases/templates/templates"

const WORDS = ["signedFor", "name", "capacity", "day", "signature", "none", "open"] as const

/** What the editor sends: a field for each part. A machine sends `{id, template}`. */
function ofForm(sent: Fields | Record<string, unknown>): unknown {
  const text = (name: string): string => String([sent[name] ?? ""].flat()[0])
  return {
    id: text("id") || null,
    template: {
      ...{ kind: text("kind"), title: text("title"), language: text("language"), text: text("text") },
      entityIds: [sent.entityIds ?? []].flat(),
      retired: text("retired") === "yes",
      words: Object.fromEntries(WORDS.map((word) => [word, text(`word.${word}`)])),
    },
  }
}

/** Proposes a template, or its next version: `{id, template}`. */
export const POST = door({
  input: (sent, _params, form) => (form ? ofForm(sent) : sent),
  call: proposeTemplate,
  to: ({ id }: { id: string }) => `/templates/${id}`,
  status: 201,
})

/** Our templates by name, `?page=` of fifty. */
export async function GET(request: Request): Promise<Response> {
  const page = new URL(request.url).searchParams.get("page") ?? "1"
  const outcome = await listTemplates(await requestScene(request), { page })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
