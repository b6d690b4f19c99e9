import type { UrlState } from "@/components/table/url-state"

export const REQUEST_KINDS = ["change", "import", "discovered"]
export const REQUEST_STATES = [
  "draft",
  "in-review",
  "changes-requested",
  "approved",
  "recorded",
  "refused",
  "withdrawn",
]

/** What the address of the list of requests asks for; a word that names nothing asks for nothing. */
export function askedFor({ q, filters, sort, descending }: UrlState): {
  q: string
  state: string[]
  kind: string[]
  mine: boolean
  sort: string
  turned: boolean
} {
  return {
    q,
    sort,
    turned: descending,
    state: (filters.state ?? []).filter((word) => REQUEST_STATES.includes(word)),
    kind: (filters.kind ?? []).filter((word) => REQUEST_KINDS.includes(word)),
    mine: (filters.mine ?? []).includes("yes"),
  }
}
