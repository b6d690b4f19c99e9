import Link from "next/link"
import { DaySwitch } from "@/components/shell/day-switch"
import { ColumnMenu, type ChoosableColumn } from "@/components/table/columns"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { ListTable, type Cell, type Column, type Row } from "@/components/table/list-table"
import { PAGE_SIZES, addressOf, carried, parseState, type UrlState } from "@/components/table/url-state"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Meant } from "@/domain/register/typo"
import { listRecords, type ListPage } from "@/usecases/register/list-records"
import { clocksOf, pastOf, withClocks, type Clocks } from "./clocks"
import { Peek } from "./peek"
import { Frame, rolesOf, shown, signedIn, type Words } from "./page-frame"
import { ViewsOf } from "./views"

export type ListView = {
  list: "parties" | "sharings" | "agreements" | "others"
  path: string
  title: string
  caption: string
  empty: string
  /** Where chosen rows may be taken to, by whoever proposes. */
  ticks?: { action: string; legend: string; help: string }
  /** Facets by name, with their words. */
  facets: readonly { facet: string; label: string; labelOf: (value: string) => string; unlisted?: boolean }[]
  /** `dated`: what a column is called when another day than today is asked for. `more`: shown when it is chosen. */
  columns: readonly { id: string; label: string; sort?: string; dated?: string; more?: boolean }[]
  cells: (
    row: never,
    on: { names: ReadonlyMap<string, string>; today: string; asOf: string; at: (path: string) => string },
  ) => Record<string, Cell>
}

const KINDS = {
  parties: ["party"],
  sharings: ["sharing"],
  agreements: ["agreement"],
  others: ["assessment", "consent", "notice", "demand", "chain"],
} as const

/** A table of the register: search, facets, sorting and paging on the server, the whole state in the address. */
export async function RegisterList({ view, words }: { view: ListView; words: Words }) {
  const state = parseState(
    await words,
    view.facets.map((facet) => facet.facet),
    ["name", "since"],
    { columns: view.columns.slice(1).map((column) => column.id), peeks: true },
  )
  const scene = await signedIn()
  const clocks = clocksOf(state.asOf, state.on)
  const page = shown(
    await listRecords(scene, {
      list: view.list,
      q: state.q,
      filters: state.filters,
      excluded: state.excluded,
      sort: state.sort,
      descending: state.descending,
      after: state.after || null,
      size: state.size,
      facets: view.facets.filter((facet) => !facet.unlisted).map((facet) => facet.facet),
      asOf: clocks.asOf,
      on: clocks.on,
    }),
  )
  const facets = facetViews(view, page)
  const works = rolesOf(scene).some((role) => ["requester", "procurement", "legal", "dpo"].includes(role))
  const ticking = view.ticks && works && !clocks.asOf && !clocks.on && page.rows.length > 0
  const filtered = state.q !== "" || [state.filters, state.excluded].some((lists) => Object.keys(lists).length > 0)
  return (
    <Frame scene={scene} current={view.path} past={pastOf(todayOf(view.path, state), clocks)}>
      <div className="row between">
        <h1>
          {view.title}{" "}
          <span className="soft">{page.more ? say("list.total-more", { n: page.total }) : page.total}</span>
        </h1>
        <div className="row">
          <DaySwitch
            path={view.path}
            keep={keptWords(view.path, { ...state, asOf: "", on: "" })}
            asOf={clocks.asOf?.slice(0, 10) ?? ""}
            on={clocks.on ?? ""}
          />
          {view.list === "parties" && rolesOf(scene).includes("procurement") && !clocks.asOf && !clocks.on ? (
            <Link
              className="button compact"
              prefetch={false}
              href={addressOf("/asked/campaigns/new", { ...state, ticks: [], peek: "", after: "" })}
            >
              {say("campaign.from-table")}
            </Link>
          ) : null}
          {view.list === "agreements" && rolesOf(scene).some((role) => role === "procurement" || role === "legal") ? (
            <Link className="button compact" prefetch={false} href="/agreements/folders">
              {say("folder.link")}
            </Link>
          ) : null}
          <ColumnMenu path={view.path} state={state} columns={choosable(view)} />
          <a
            className="button compact"
            href={addressOf(`/api/v1/register/${view.list}.csv`, { ...state, ticks: [], peek: "", after: "" })}
            download
          >
            {say("list.csv")}
          </a>
        </div>
      </div>
      <Notices state={state} page={page} clocks={clocks} path={view.path} />
      <ViewsOf scene={scene} address={addressOf(view.path, state)} />
      <SearchForm view={view} state={state} />
      <FilterChips path={view.path} state={state} facets={facets} />
      <div className={state.peek ? "with-facets with-peek" : "with-facets"}>
        <FacetPanel path={view.path} state={state} facets={facets} />
        {ticking ? (
          <TickForm {...{ view, state, page, clocks, filtered }} asks={rolesOf(scene).includes("procurement")} />
        ) : (
          <section className="card stack">
            {page.rows.length ? (
              <Rows view={view} state={state} page={page} clocks={clocks} />
            ) : (
              <p className="soft">{filtered ? say("list.nothing") : view.empty}</p>
            )}
            <Pages view={view} state={state} page={page} />
          </section>
        )}
        {state.peek ? (
          <Peek
            {...{ scene, state, clocks }}
            path={view.path}
            kinds={KINDS[view.list]}
            rows={page.rows.map((row) => String(row.id))}
          />
        ) : null}
      </div>
    </Frame>
  )
}

function facetViews(view: ListView, page: ListPage): FacetView[] {
  const party = page.rows[0]?.partyName
  return view.facets.map((facet) => ({
    ...facet,
    labelOf:
      facet.facet === "entity"
        ? (value) => page.names[value] ?? value
        : facet.facet === "party" && typeof party === "string"
          ? () => party
          : facet.labelOf,
    counts: page.facets[facet.facet] ?? [],
  }))
}

/** The same list today. */
const todayOf = (path: string, state: UrlState): string => addressOf(path, { ...state, asOf: "", on: "", after: "" })

/** The columns after the first, which is each row's own and always there. */
const choosable = (view: ListView): ChoosableColumn[] => view.columns.slice(1)

/** The columns that are shown: the first, then the chosen ones in their order, or those that come of themselves. */
function shownColumns(view: ListView, state: UrlState): ListView["columns"] {
  const chosen = state.cols?.flatMap((id) => view.columns.find((column) => column.id === id) ?? [])
  return chosen ? [...view.columns.slice(0, 1), ...chosen] : view.columns.filter((column) => !column.more)
}

/** The words of the address but the place in the list, for a form to carry on. */
function keptWords(path: string, state: UrlState): [string, string][] {
  const address = addressOf(path, { ...state, peek: "", after: "" })
  return [...new URLSearchParams(address.split("?")[1] ?? "")]
}

type NoticesProps = { state: UrlState; page: ListPage; clocks: Clocks; path: string }

function Notices({ state, page, clocks, path }: NoticesProps) {
  const before = clocks.asOf !== null && page.began !== null && clocks.asOf < page.began
  const day = clocks.asOf?.slice(0, 10) ?? ""
  return (
    <>
      {state.unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: state.unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      {page.alike ? (
        <Notice>
          <p>
            {say("list.alike", { q: state.q })} {page.alike.flatMap(slipWords).join(" ")}
          </p>
        </Notice>
      ) : null}
      {before ? (
        <Notice tone="warn">
          <p>
            {say("asof.before", { at: dayWords((page.began ?? "").slice(0, 10)) })}{" "}
            <Link href={withClocks(todayOf(path, state), { asOfText: "", onText: day })} prefetch={false}>
              {say("clock.to-on", { day: dayWords(day) })}
            </Link>
          </p>
        </Notice>
      ) : null}
      {page.facetState === "counted" ? null : (
        <p className="soft">{say(page.facetState === "later" ? "list.facets-later" : "list.facets-too-many")}</p>
      )}
    </>
  )
}

/** For a word that nothing holds, those that were taken instead. */
function slipWords({ typed, meant }: Meant): string[] {
  return meant[0] === typed ? [] : [say("list.alike-word", { typed, meant: meant.join(", ") })]
}

type TableProps = { view: ListView; state: UrlState; page: ListPage }

/** The rows in a form: its buttons turn the page or take the chosen ones on, and either way no tick is forgotten. */
function TickForm(props: TableProps & { clocks: Clocks; filtered: boolean; asks: boolean }) {
  const { view, state, page, filtered, asks } = props
  const here = new Set(page.rows.map((row) => String(row.id)))
  const elsewhere = (state.ticks ?? []).filter((id) => !here.has(id)).length
  return (
    <form className="card stack" action={view.path}>
      {carried(state, here).map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <Rows {...props} ticks={state.ticks ?? []} />
      <Pages view={view} state={state} page={page} buttons />
      {elsewhere ? <p className="small">{say("list.ticked-elsewhere", { n: elsewhere })}</p> : null}
      <fieldset className="stack">
        <legend>{view.ticks?.legend}</legend>
        <p className="soft small">{view.ticks?.help}</p>
        <div className="row">
          <button type="submit" formAction={view.ticks?.action}>
            {say("suppliers.ticked")}
          </button>
          {filtered && !page.alike ? (
            <button type="submit" formAction={view.ticks?.action} name="all" value="yes">
              {say(page.more ? "suppliers.matching-all" : "suppliers.matching", { n: page.total })}
            </button>
          ) : null}
        </div>
      </fieldset>
      {asks && view.list === "parties" ? (
        <fieldset className="stack">
          <legend>{say("campaign.title")}</legend>
          <p className="soft small">{say("campaign.tick-help")}</p>
          <div>
            <button type="submit" formAction="/asked/campaigns/new">
              {say("campaign.tick-go")}
            </button>
          </div>
        </fieldset>
      ) : null}
    </form>
  )
}

function Rows({ view, state, page, clocks, ticks }: TableProps & { clocks: Clocks; ticks?: readonly string[] }) {
  const names = new Map(Object.entries(page.names))
  const shown = shownColumns(view, state)
  const at = (path: string): string => withClocks(path, clocks)
  const rows: Row[] = page.rows.map((row) => ({
    id: String(row.id),
    cells: cellsOf(shown, view.cells(row as never, { names, today: page.today, asOf: clocks.asOfText, at })),
  }))
  const columns: Column[] = shown.map((column) => {
    const label = clocks.on && column.dated ? column.dated : column.label
    if (!column.sort) return { id: column.id, label }
    const active = state.sort === column.sort
    const next = { ...state, peek: "", after: "", sort: column.sort, descending: active ? !state.descending : false }
    return {
      id: column.id,
      label,
      sortHref: addressOf(view.path, next),
      sortLabel: say("list.sort", { column: label }),
      ...(active ? { sorted: state.descending ? ("descending" as const) : ("ascending" as const) } : {}),
    }
  })
  return (
    <ListTable
      caption={view.caption}
      columns={columns}
      rows={rows}
      peeks={{
        href: addressOf(view.path, { ...state, peek: MARK }),
        mark: MARK,
        label: say("peek.open", { title: "~" }),
        open: state.peek ?? "",
      }}
      {...(ticks ? { ticks: { chosen: ticks, label: say("review.tick") } } : {})}
    />
  )
}

/** Stands for the id of a row in the address of a look at it, so that a row need not carry its whole address. */
const MARK = "ROW"

/** The cells of the columns that are shown; no others go to the browser. */
function cellsOf(shown: ListView["columns"], cells: Record<string, Cell>): Record<string, Cell> {
  return Object.fromEntries(shown.map(({ id }) => [id, cells[id] ?? { text: "" }]))
}

/** The ways to the other pages of the list, and how many rows a page holds. */
function Pages({ view, state, page, buttons }: TableProps & { buttons?: boolean }) {
  return (
    <div className="row between">
      <div className="row">
        {buttons && state.after ? (
          <button type="submit" name="after" value="">
            {say("list.first")}
          </button>
        ) : null}
        {buttons && page.next ? (
          <button type="submit" name="after" value={page.next}>
            {say("list.more")}
          </button>
        ) : null}
        {state.after && !buttons ? (
          <Link className="button" href={addressOf(view.path, { ...state, peek: "", after: "" })} prefetch={false}>
            {say("list.first")}
          </Link>
        ) : null}
        {page.next && !buttons ? (
          <Link
            className="button"
            href={addressOf(view.path, { ...state, peek: "", after: page.next })}
            prefetch={false}
          >
            {say("list.more")}
          </Link>
        ) : null}
      </div>
      {page.total > 25 ? (
        <nav className="row small" aria-label={say("list.size")}>
          <span className="soft">{say("list.size")}</span>
          {PAGE_SIZES.map((size) => (
            <Link
              key={size}
              className="tall"
              href={addressOf(view.path, { ...state, peek: "", size, after: "" })}
              aria-current={size === state.size ? "true" : undefined}
              prefetch={false}
            >
              {size}
            </Link>
          ))}
        </nav>
      ) : null}
    </div>
  )
}

function SearchForm({ view, state }: { view: ListView; state: UrlState }) {
  return (
    <form className="row" action={view.path} role="search" aria-label={say("list.search-in", { title: view.title })}>
      {keptWords(view.path, { ...state, q: "" }).map(([word, value]) => (
        <input key={word + value} type="hidden" name={word} value={value} />
      ))}
      <div className="shell-search">
        <input
          type="search"
          name="q"
          defaultValue={state.q}
          data-key="/"
          aria-label={say("list.search-in", { title: view.title })}
          placeholder={say("list.search-in", { title: view.title })}
        />
      </div>
      <button type="submit">{say("list.go")}</button>
    </form>
  )
}
