import { door } from "@/app/outcome"
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
