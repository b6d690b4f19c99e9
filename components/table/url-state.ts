/** How many rows a page may hold. */
export const PAGE_SIZES = [25, 50, 100, 200] as const

/** The state of a table as its address says it (ux handbook, 3). */
export type UrlState = {
  q: string
  filters: Record<string, string[]>
  excluded: Record<string, string[]>
  sort: string
  descending: boolean
  after: string
  size: (typeof PAGE_SIZES)[number]
  asOf: string
  on: string
  /** The columns to show after the first, in their order, where a list lets them be chosen. Absent: as they come. */
  cols?: string[]
  /** The record that is looked at beside the list. */
  peek?: string
  /** Rows that are ticked, by id; carried on whatever is filtered or turned. Absent where none is. */
  ticks?: string[]
  /** Words of the address that mean nothing here; kept, ignored, named. */
  unknown: string[]
}

type Sent = Record<string, string | string[] | undefined>

const KNOWN = new Set(["q", "sort", "after", "size", "as-of", "on", "refused", "field", "seconds", "tick", "show"])

const one = (sent: Sent, name: string): string => {
  const value = sent[name]
  return (Array.isArray(value) ? value[0] : value) ?? ""
}
const values = (sent: Sent, name: string): string[] => {
  const value = sent[name]
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return [...new Set(list.flatMap((item) => item.split(",")).filter((item) => item !== ""))].sort()
}

/** So many ticks are carried in an address; whoever wants more takes all that match a filter. */
export const MOST_TICKS = 300

const ROW = /^[a-z]{3}_[0-9a-z]{26}$/
const ticksIn = (sent: Sent): string[] =>
  values(sent, "tick")
    .filter((id) => ROW.test(id))
    .slice(0, MOST_TICKS)

/** What an address may say beyond a search: columns that can be chosen, and whether a record is looked at beside. */
export type Beyond = { columns: readonly string[]; peeks: boolean }

/** The chosen columns in the order in which they were typed: only such as there are, each once. */
function colsIn(sent: Sent, known: readonly string[]): string[] {
  const value = sent.cols
  const typed = (Array.isArray(value) ? value : [value ?? ""]).flatMap((item) => item.split(","))
  return [...new Set(typed)].filter((name) => known.includes(name))
}

/** Reads an address. What it does not know is named, never an error. */
export function parseState(
  sent: Sent,
  facets: readonly string[],
  sorts: readonly string[],
  beyond: Beyond = { columns: [], peeks: false },
): UrlState {
  const filters: Record<string, string[]> = {}
  const excluded: Record<string, string[]> = {}
  const unknown: string[] = []
  for (const name of Object.keys(sent)) {
    const [, way, facet] = /^(f|not)\.(.+)$/.exec(name) ?? []
    if (way && facet && facets.includes(facet)) {
      const list = values(sent, name)
      if (list.length) (way === "f" ? filters : excluded)[facet] = list
    } else if (!KNOWN.has(name) && !(name === "cols" && beyond.columns.length) && !(name === "peek" && beyond.peeks))
      unknown.push(name)
  }
  const cols = colsIn(sent, beyond.columns)
  const peek = beyond.peeks && ROW.test(one(sent, "peek")) ? one(sent, "peek") : ""
  const sort = one(sent, "sort")
  const bare = sort.replace(/^-/, "")
  const size = Number(one(sent, "size"))
  return {
    q: one(sent, "q").slice(0, 200),
    filters,
    excluded,
    sort: sorts.includes(bare) ? bare : (sorts[0] ?? "name"),
    descending: sorts.includes(bare) && sort.startsWith("-"),
    after: one(sent, "after"),
    size: PAGE_SIZES.find((known) => known === size) ?? 50,
    asOf: one(sent, "as-of"),
    on: one(sent, "on"),
    ...(cols.length ? { cols } : {}),
    ...(peek ? { peek } : {}),
    ...(values(sent, "tick").length ? { ticks: ticksIn(sent) } : {}),
    unknown: unknown.sort(),
  }
}

/**
 * The address of a state, in one order, so that equal states have equal addresses. Defaults are left out; words that the
 * path has already stay in front.
 */
export function addressOf(path: string, state: Omit<UrlState, "unknown">, defaultSort = "name"): string {
  const words: [string, string][] = []
  if (state.q) words.push(["q", state.q])
  for (const [prefix, lists] of [
    ["f", state.filters],
    ["not", state.excluded],
  ] as const) {
    for (const facet of Object.keys(lists).sort()) {
      const list = [...(lists[facet] ?? [])].sort()
      if (list.length) words.push([`${prefix}.${facet}`, list.join(",")])
    }
  }
  if (state.descending || state.sort !== defaultSort)
    words.push(["sort", `${state.descending ? "-" : ""}${state.sort}`])
  if (state.cols?.length) words.push(["cols", state.cols.join(",")])
  if (state.after) words.push(["after", state.after])
  if (state.size !== 50) words.push(["size", String(state.size)])
  if (state.peek) words.push(["peek", state.peek])
  if (state.asOf) words.push(["as-of", state.asOf])
  if (state.on) words.push(["on", state.on])
  for (const id of state.ticks ?? []) words.push(["tick", id])
  const text = words
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":")}`)
    .join("&")
  return text ? `${path}${path.includes("?") ? "&" : "?"}${text}` : path
}

/** The state with one value of a facet put in or taken out; any change of filters returns to the first page. */
export function toggled(state: UrlState, facet: string, value: string): UrlState {
  const had = state.filters[facet] ?? []
  const list = had.includes(value) ? had.filter((item) => item !== value) : [...had, value]
  const excluded = (state.excluded[facet] ?? []).filter((item) => item !== value)
  return {
    ...state,
    peek: "",
    after: "",
    filters: { ...state.filters, [facet]: list },
    excluded: { ...state.excluded, [facet]: excluded },
  }
}

/** The state with one value of a facet left out, or no longer; a value is never asked for and left out at once. */
export function without(state: UrlState, facet: string, value: string): UrlState {
  const had = state.excluded[facet] ?? []
  const list = had.includes(value) ? had.filter((item) => item !== value) : [...had, value]
  const filters = (state.filters[facet] ?? []).filter((item) => item !== value)
  return {
    ...state,
    peek: "",
    after: "",
    excluded: { ...state.excluded, [facet]: list },
    filters: { ...state.filters, [facet]: filters },
  }
}

/** What a form around some rows of a state carries on: its search, filters and order, and the ticks of other pages. */
export function carried(state: UrlState, shown: ReadonlySet<string>): [string, string][] {
  const ticks = (state.ticks ?? []).filter((id) => !shown.has(id))
  const address = addressOf("", { ...state, ticks, peek: "", after: "", asOf: "", on: "" })
  return [...new URLSearchParams(address.slice(1))]
}
