import type { Metadata } from "next"
import Link from "next/link"
import { RequestTable } from "@/components/requests/request-table"
import { say } from "@/components/words/catalogue"
import { listRequests } from "@/usecases/requests/list-requests"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("requests.title") }

const STATES = ["draft", "in-review", "changes-requested", "approved", "recorded", "refused", "withdrawn"]

export default async function Requests({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const state = one(words, "f.state")
    .split(",")
    .filter((word) => STATES.includes(word))
  const q = one(words, "q")
  const page = shown(await listRequests(scene, { q, state, after: one(words, "after") || null }))
  const address = (change: Record<string, string>): string => {
    const next = new URLSearchParams({
      ...(q ? { q } : {}),
      ...(state.length ? { "f.state": state.join(",") } : {}),
      ...change,
    })
    for (const [name, value] of [...next]) if (value === "") next.delete(name)
    return `/requests${next.size ? `?${next}` : ""}`
  }
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>{say("requests.title")}</h1>
        <Link className="button primary" href="/requests/new" prefetch={false}>
          {say("requests.new")}
        </Link>
      </div>
      <div className="row">
        {STATES.filter((name) => page.counts[name]).map((name) => (
          <Link
            key={name}
            className={state.includes(name) ? "chip" : "button compact"}
            prefetch={false}
            aria-current={state.includes(name) ? "true" : undefined}
            href={address({ "f.state": state.includes(name) ? "" : name })}
          >
            {say(`state.${name}`)} {page.counts[name]}
          </Link>
        ))}
      </div>
      <section className="card">
        {page.rows.length ? (
          <RequestTable rows={page.rows} caption={say("requests.caption")} />
        ) : (
          <p className="soft">{say("requests.empty")}</p>
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
