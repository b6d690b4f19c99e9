import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { startIntake } from "@/usecases/intake/read-intake"
import { beginIntake } from "@/usecases/intake/save-answers"

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "")
const word = (name: string, value: unknown): Record<string, string> =>
  typeof value === "string" && value !== "" ? { [name]: value } : {}

/** Begins an intake. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          beginning: sent.beginning,
          ...word("partyId", sent.party),
          ...word("sharingId", sent.sharing),
          ...word("agreementId", sent.agreement),
          purposes: list(sent.purpose),
          kinds: list(sent.kind),
        }
      : sent,
  call: beginIntake,
  to: (value: { id: string }) => `/requests/new/${value.id}`,
  status: 201,
})

/** The first screen: what one began, who is approved already, and by when each beginning is likely decided. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams
  const outcome = await startIntake(await requestScene(request), {
    ...{ purposes: asked.getAll("purpose"), kinds: asked.getAll("kind"), company: asked.get("company") },
  })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
