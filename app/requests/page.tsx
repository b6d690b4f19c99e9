import type { Metadata } from "next"
import Link from "next/link"
import type { ReactNode } from "react"
import { REQUEST_COLUMNS, RequestTable, type RequestSorts } from "@/components/requests/request-table"
import { ColumnMenu } from "@/components/table/columns"
import { addressOf, parseState, toggled, type UrlState } from "@/components/table/url-state"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listTogether } from "@/usecases/requests/decide-together"
import { listRequests, REQUEST_SORTS } from "@/usecases/requests/list-requests"
import { inFrame } from "@/app/in-frame"
import { RequestPeek } from "@/app/requests/request-peek"
import { askedFor, REQUEST_KINDS, REQUEST_STATES } from "@/app/requests/asked-for"
import { ViewsOf } from "@/app/views"
import { Frame, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("requests.title") }

const HERE = "/requests"
/** Newest move first is the order that no address has to say. */
const addressed = (path: string, state: UrlState): string => addressOf(path, state, "moved")
const COLUMN_IDS = REQUEST_COLUMNS.map((column) => column.id)

async function Requests({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const state = parseState(words, ["state", "kind", "mine"], REQUEST_SORTS, { columns: COLUMN_IDS, peeks: true })
  const { q } = state
  const asked = askedFor(state)
  const page = shown(await listRequests(scene, { ...asked, after: state.after || null, size: state.size }))
  const together = mayAct("request.decide-many", scene.actor).ok ? shown(await listTogether(scene, { q })).total : 0
  const narrowed = q !== "" || asked.mine || asked.state.length + asked.kind.length > 0
  const kept = [...new URLSearchParams(addressed("", { ...state, q: "", peek: "", after: "" }).slice(1))]
  const toggle = (facet: string, value: string) => ({
    href: addressed(HERE, toggled(state, facet, value)),
    on: (state.filters[facet] ?? []).includes(value),
  })
  const list = (
    <section className="card">
      {page.rows.length ? (
        <RequestTable
          rows={page.rows}
          caption={say("requests.caption")}
          columns={state.cols ?? []}
          sorts={sortsOf(state)}
          peeks={{ href: (id) => addressed(HERE, { ...state, peek: id }), open: state.peek ?? "" }}
        />
      ) : (
        <p className="soft">{say(narrowed ? "requests.nothing" : "requests.empty")}</p>
      )}
      {page.next ? (
        <p>
          <Link className="button" prefetch={false} href={addressed(HERE, { ...state, peek: "", after: page.next })}>
            {say("list.more")}
          </Link>
        </p>
      ) : null}
    </section>
  )
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>{say("requests.title")}</h1>
        <div className="row">
          <Link className="tall" href="/requests/times" prefetch={false}>
            {say("requests.times")}
          </Link>
          <ColumnMenu path={HERE} state={state} columns={REQUEST_COLUMNS} />
          <a
            className="button compact"
            href={addressed("/api/v1/requests.csv", { ...state, peek: "", after: "", size: 50 })}
            download
          >
            {say("list.csv")}
          </a>
          {rolesOf(scene).some((role) => role !== "supervisor") ? (
            <Link className="button primary" href="/requests/new" prefetch={false}>
              {say("requests.new")}
            </Link>
          ) : null}
        </div>
      </div>
      {state.unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: state.unknown.join(", ") })}</p>
        </Notice>
      ) : null}
      {together > 0 ? (
        <p>
          <Link className="tall" href={`/requests/together${q ? `?q=${encodeURIComponent(q)}` : ""}`} prefetch={false}>
            {say("together.way", { n: together })}
          </Link>
        </p>
      ) : null}
      <ViewsOf scene={scene} address={addressed(HERE, state)} />
      <form className="row" action="/requests" role="search" aria-label={say("requests.search")}>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="shell-search">
          <input
            type="search"
            name="q"
            defaultValue={q}
            data-key="/"
            aria-label={say("requests.search")}
            placeholder={say("requests.search")}
          />
        </div>
        <button type="submit">{say("list.go")}</button>
      </form>
      <nav className="row" aria-label={say("list.filters")}>
        {REQUEST_STATES.filter((name) => page.counts[name] || asked.state.includes(name)).map((name) => (
          <Toggle key={name} {...toggle("state", name)}>
            {say(`state.${name}`)} {page.counts[name] ?? 0}
          </Toggle>
        ))}
        {REQUEST_KINDS.map((name) => (
          <Toggle key={name} {...toggle("kind", name)}>
            {say(`requests.kind.${name}`)} {page.counts[name] ?? 0}
          </Toggle>
        ))}
        <Toggle {...toggle("mine", "yes")}>{say("requests.mine")}</Toggle>
        {narrowed ? (
          <Link className="tall" href="/requests" prefetch={false}>
            {say("list.clear")}
          </Link>
        ) : null}
      </nav>
      {state.peek ? (
        <div className="with-facets with-peek">
          {list}
          <RequestPeek {...{ scene, state }} path={HERE} rows={page.rows.map((row) => row.id)} />
        </div>
      ) : (
        list
      )}
    </Frame>
  )
}

/** Where each column that can be sorted by leads, and which way it is sorted; newest first falls where it is not turned. */
function sortsOf(state: UrlState): RequestSorts {
  return Object.fromEntries(
    REQUEST_SORTS.map((sort) => {
      const active = state.sort === sort
      const next = { ...state, peek: "", after: "", sort, descending: active ? !state.descending : false }
      const falls = (sort === "moved") !== state.descending
      return [sort, { href: addressed(HERE, next), ...(active ? { sorted: falls ? "descending" : "ascending" } : {}) }]
    }),
  )
}

function Toggle({ href, on, children }: { href: string; on: boolean; children: ReactNode }) {
  return (
    <Link
      className={on ? "chip" : "button compact"}
      href={href}
      prefetch={false}
      aria-current={on ? "true" : undefined}
    >
      {children}
    </Link>
  )
}

export default inFrame(Requests)
