import type { Metadata } from "next"
import Link from "next/link"
import type { ReactNode } from "react"
import { RequestTable } from "@/components/requests/request-table"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { listRequests } from "@/usecases/requests/list-requests"
import { inFrame } from "@/app/in-frame"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("requests.title") }

const KNOWN = new Set(["q", "f.state", "f.kind", "f.mine", "after", "refused", "field", "seconds"])
const KINDS = ["change", "import", "discovered"]
const STATES = ["draft", "in-review", "changes-requested", "approved", "recorded", "refused", "withdrawn"]

async function Requests({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const state = one(words, "f.state")
    .split(",")
    .filter((word) => STATES.includes(word))
  const kind = one(words, "f.kind")
    .split(",")
    .filter((word) => KINDS.includes(word))
  const mine = one(words, "f.mine") === "yes"
  const q = one(words, "q").slice(0, 200)
  const unknown = Object.keys(words).filter((word) => !KNOWN.has(word))
  const page = shown(await listRequests(scene, { q, state, kind, mine, after: one(words, "after") || null }))
  const now = { q, "f.kind": kind.join(","), "f.mine": mine ? "yes" : "", "f.state": state.join(",") }
  const address = (change: Record<string, string>): string => {
    const next = new URLSearchParams(Object.entries({ ...now, ...change }).filter(([, value]) => value !== ""))
    return `/requests${next.size ? `?${next}` : ""}`
  }
  const toggle = (name: string, list: readonly string[], value: string): string =>
    address({
      [name]: (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]).sort().join(","),
    })
  const narrowed = q !== "" || mine || state.length + kind.length > 0
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>{say("requests.title")}</h1>
        {rolesOf(scene).some((role) => role !== "supervisor") ? (
          <Link className="button primary" href="/requests/new" prefetch={false}>
            {say("requests.new")}
          </Link>
        ) : null}
      </div>
      {unknown.length ? (
        <Notice tone="warn">
          <p>{say("list.unknown-words", { words: unknown.sort().join(", ") })}</p>
        </Notice>
      ) : null}
      <form className="row" action="/requests" role="search" aria-label={say("requests.search")}>
        {Object.entries(now).map(([name, value]) =>
          value && name !== "q" ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
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
        {STATES.filter((name) => page.counts[name] || state.includes(name)).map((name) => (
          <Toggle key={name} href={toggle("f.state", state, name)} on={state.includes(name)}>
            {say(`state.${name}`)} {page.counts[name] ?? 0}
          </Toggle>
        ))}
        {KINDS.map((name) => (
          <Toggle key={name} href={toggle("f.kind", kind, name)} on={kind.includes(name)}>
            {say(`requests.kind.${name}`)}
          </Toggle>
        ))}
        <Toggle href={address({ "f.mine": mine ? "" : "yes" })} on={mine}>
          {say("requests.mine")}
        </Toggle>
        {narrowed ? (
          <Link className="tall" href="/requests" prefetch={false}>
            {say("list.clear")}
          </Link>
        ) : null}
      </nav>
      <section className="card">
        {page.rows.length ? (
          <RequestTable rows={page.rows} caption={say("requests.caption")} />
        ) : (
          <p className="soft">{say(narrowed ? "requests.nothing" : "requests.empty")}</p>
        )}
        {page.next ? (
          <p>
            <Link className="button" prefetch={false} href={address({ after: page.next })}>
              {say("list.more")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
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
