import Link from "next/link"
import type { ReactNode } from "react"
import { PeekKeys } from "@/components/table/peek-keys"
import { addressOf, type UrlState } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"

type Props = { path: string; state: UrlState; rows: readonly string[]; title: string; children: ReactNode }

/** The frame of a look at one row beside its list, with the ways on: to its neighbours, and closed. On a phone a page. */
export function Beside({ path, state, rows, title, children }: Props) {
  const id = state.peek ?? ""
  const at = rows.indexOf(id)
  const to = (row: string | undefined): string => (row ? addressOf(path, { ...state, peek: row }) : "")
  const ways = {
    close: addressOf(path, { ...state, peek: "" }),
    before: at > 0 ? to(rows[at - 1]) : "",
    after: at >= 0 ? to(rows[at + 1]) : "",
  }
  return (
    <aside className="card stack peek" id="peek" tabIndex={-1} aria-label={say("peek.label", { title })}>
      <PeekKeys row={id} {...ways} />
      <nav className="row between" aria-label={say("peek.ways")}>
        <Way href={ways.close}>{say("peek.close")}</Way>
        <span className="row">
          {ways.before ? (
            <Way href={ways.before} label={say("peek.before")}>
              ↑
            </Way>
          ) : null}
          {ways.after ? (
            <Way href={ways.after} label={say("peek.after")}>
              ↓
            </Way>
          ) : null}
        </span>
      </nav>
      {children}
    </aside>
  )
}

/** What a look says of a row that is not there, or not for this reader. */
export function NotThere({ title }: { title: string }) {
  return (
    <>
      <h2>{title}</h2>
      <p>{say("peek.missing")}</p>
    </>
  )
}

function Way({ href, label, children }: { href: string; label?: string; children: ReactNode }) {
  return (
    <Link className="button compact" href={href} prefetch={false} scroll={false} title={label}>
      {label ? <span aria-hidden="true">{children}</span> : children}
      {label ? <span className="unseen">{label}</span> : null}
    </Link>
  )
}
