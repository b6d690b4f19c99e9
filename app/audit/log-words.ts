import { one } from "@/app/page-frame"

type Words = Record<string, string | string[] | undefined>

/** The filters of the log as its address says them. */
export function filtersOf(words: Words) {
  return {
    record: one(words, "record"),
    person: one(words, "person"),
    act: one(words, "act"),
    request: one(words, "request"),
    from: one(words, "from"),
    until: one(words, "until"),
  }
}

export type Filters = ReturnType<typeof filtersOf>

/** The same as the use case takes them. */
export function askedOf(filters: Filters) {
  return {
    object: filters.record,
    actor: filters.person,
    act: filters.act,
    request: filters.request,
    from: filters.from ? `${filters.from}T00:00:00.000Z` : null,
    until: filters.until ? `${filters.until}T23:59:59.999Z` : null,
  }
}
