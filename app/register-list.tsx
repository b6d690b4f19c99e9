import Link from "next/link"
import { AsOfSwitch } from "@/components/shell/as-of-switch"
import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { ListTable, type Cell, type Column, type Row } from "@/components/table/list-table"
import { addressOf, parseState, type UrlState } from "@/components/table/url-state"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { parseAsOf } from "@/usecases/register/as-of"
import { listRecords, type ListPage } from "@/usecases/register/list-records"
import { Frame, shown, signedIn, type Words } from "./page-frame"

export type ListView = {
  list: "parties" | "sharings" | "agreements" | "others"
  path: string
  title: string
  caption: string
  empty: string
  /** Facets by name, with their words. */
  facets: readonly { facet: string; label: string; labelOf: (value: string) => string }[]
  columns: readonly { id: string; label: string; sort?: string }[]
  cells: (row: never, on: { names: ReadonlyMap<string, string>; today: string; asOf: string }) => Record<string, Cell>
}

/** A table of the register: search, facets, sorting and paging on the server, the whole state in the address. */
export async function RegisterList({ view, words }: { view: ListView; words: Words }) {
  const state = parseState(
    await words,
    view.facets.map((facet) => facet.facet),
    ["name", "since"],
  )
  const scene = await signedIn()
  const asOf = parseAsOf(state.asOf)
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
      facets: view.facets.map((facet) => facet.facet),
      asOf,
    }),
  )
  const facets: FacetView[] = view.facets.map((facet) => ({
    ...facet,
    labelOf: facet.facet === "entity" ? (value) => page.names[value] ?? value : facet.labelOf,
    counts: page.facets[facet.facet] ?? [],
  }))
  return (
    <Frame
      scene={scene}
      current={view.path}
      asOf={asOf ? `${dayWords(asOf.slice(0, 10))} ${asOf.slice(11, 19)} UTC` : null}
    >
      <div className="row between">
        <h1>
          {view.title}{" "}
          <span className="soft">{page.more ? say("list.total-more", { n: page.total }) : page.total}</span>
        </h1>
        <div className="row">
          <AsOfSwitch path={view.path} keep={keptWords(view.path, state)} day={asOf ? asOf.slice(0, 10) : ""} />
          <a href={addressOf(`/api/v1/register/${view.list}.csv`, { ...state, after: "" })}>{say("list.csv")}</a>
        </div>
      </div>
      {state.unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: state.unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      {asOf && page.began && asOf < page.began ? (
        <Notice tone="warn">
          <p>{say("asof.before", { at: dayWords(page.began.slice(0, 10)) })}</p>
        </Notice>
      ) : null}
      {page.todayOnly.length ? (
        <Notice tone="warn">
          <p>{say("list.today-only", { facets: labelsOf(view, page.todayOnly) })}</p>
        </Notice>
      ) : null}
      {page.facetState === "counted" ? null : (
        <p className="soft">{say(page.facetState === "later" ? "list.facets-later" : "list.facets-too-many")}</p>
      )}
      <SearchForm view={view} state={state} />
      <FilterChips path={view.path} state={state} facets={facets} />
      <div className="with-facets">
        <FacetPanel
          path={view.path}
          state={state}
          facets={facets.filter(({ facet }) => !page.todayOnly.includes(facet))}
        />
        <section className="card stack">
          {page.rows.length ? (
            <Rows view={view} state={state} page={page} />
          ) : (
            <p className="soft">{state.q || Object.keys(state.filters).length ? say("list.nothing") : view.empty}</p>
          )}
          <div className="row">
            {state.after ? (
              <Link className="button" href={addressOf(view.path, { ...state, after: "" })} prefetch={false}>
                {say("list.first")}
              </Link>
            ) : null}
            {page.next ? (
              <Link className="button" href={addressOf(view.path, { ...state, after: page.next })} prefetch={false}>
                {say("list.more")}
              </Link>
            ) : null}
          </div>
        </section>
      </div>
    </Frame>
  )
}

/** The words of the address but the instant and the place in the list, for a form to carry on. */
function keptWords(path: string, state: UrlState): [string, string][] {
  const address = addressOf(path, { ...state, after: "", asOf: "" })
  return [...new URLSearchParams(address.split("?")[1] ?? "")]
}

const labelsOf = (view: ListView, facets: readonly string[]): string =>
  facets.map((name) => view.facets.find(({ facet }) => facet === name)?.label ?? name).join(", ")

function Rows({ view, state, page }: { view: ListView; state: UrlState; page: ListPage }) {
  const names = new Map(Object.entries(page.names))
  const rows: Row[] = page.rows.map((row) => ({
    id: String(row.id),
    cells: view.cells(row as never, { names, today: page.today, asOf: state.asOf }),
  }))
  const columns: Column[] = view.columns.map((column) => {
    if (!column.sort) return { id: column.id, label: column.label }
    const active = state.sort === column.sort
    const next = { ...state, after: "", sort: column.sort, descending: active ? !state.descending : false }
    return {
      id: column.id,
      label: column.label,
      sortHref: addressOf(view.path, next),
      sortLabel: say("list.sort", { column: column.label }),
      ...(active ? { sorted: state.descending ? ("descending" as const) : ("ascending" as const) } : {}),
    }
  })
  return <ListTable caption={view.caption} columns={columns} rows={rows} />
}

function SearchForm({ view, state }: { view: ListView; state: UrlState }) {
  return (
    <form className="row" action={view.path} role="search" aria-label={say("list.search-in", { title: view.title })}>
      {Object.entries(state.filters).map(([facet, values]) =>
        values.length ? <input key={facet} type="hidden" name={`f.${facet}`} value={values.join(",")} /> : null,
      )}
      {state.asOf ? <input type="hidden" name="as-of" value={state.asOf} /> : null}
      <div className="shell-search">
        <input
          type="search"
          name="q"
          defaultValue={state.q}
          aria-label={say("list.search-in", { title: view.title })}
          placeholder={say("list.search")}
        />
      </div>
      <button type="submit">{say("list.go")}</button>
    </form>
  )
}
