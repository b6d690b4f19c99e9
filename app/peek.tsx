import Link from "next/link"
import type { ReactNode } from "react"
import { Findings } from "@/components/checks/findings"
import { sectionsOf } from "@/components/records/form-sections"
import { PATH, STANDING, pathOf } from "@/components/records/record-path"
import { RecordView } from "@/components/records/record-view"
import { PeekKeys } from "@/components/table/peek-keys"
import { addressOf, type UrlState } from "@/components/table/url-state"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { FIELDS } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { readRecord, type RecordPage } from "@/usecases/register/read-record"
import type { Scene } from "@/usecases/scene"
import { withClocks, type Clocks } from "./clocks"
import { readerOf } from "./record-page"
import { opening } from "./record-words"

type Props = { scene: Scene; path: string; state: UrlState; clocks: Clocks; rows: readonly string[] }

/** A look at one record beside its list: what it is and what it lacks, in short, with the ways on. On a phone a page. */
export async function Peek({ scene, path, state, clocks, rows }: Props) {
  const id = state.peek ?? ""
  const found = await readRecord(scene, { id, asOf: clocks.asOf, on: clocks.on })
  const page = found.ok && PATH[found.value.record.kind] === path ? found.value : null
  const title = page ? titleOf(page.record.kind, page.record.body as never) : say("missing.title")
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
      {page ? (
        <Look page={page} clocks={clocks} title={title} />
      ) : (
        <>
          <h2>{title}</h2>
          <p>{say("peek.missing")}</p>
        </>
      )}
    </aside>
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

function Look({ page, clocks, title }: { page: RecordPage; clocks: Clocks; title: string }) {
  const { record } = page
  const reader = readerOf(page, clocks)
  return (
    <>
      <div>
        <p className="over">{say(`kind.${record.kind}`)}</p>
        <h2>{title}</h2>
      </div>
      <p className="row">
        <StatusTag tone={STANDING[record.standing] ?? "quiet"}>{say(`standing.${record.standing}`)}</StatusTag>
        <Link
          className="button primary compact"
          href={withClocks(pathOf(record.kind, record.id), clocks)}
          prefetch={false}
        >
          {say("peek.whole")}
        </Link>
      </p>
      <p>{opening(page, reader.names, reader.past)}</p>
      <Findings
        findings={page.findings}
        title={say("request.findings")}
        none={null}
        on={() => page.today}
        at={() => null}
      />
      <RecordView
        kind={record.kind}
        body={record.body}
        names={reader.names}
        hrefOf={reader.hrefOf}
        hide={beyondFirst(record.kind)}
      />
    </>
  )
}

/** The questions that a look leaves to the whole page: all but the first ones of the first sections. */
function beyondFirst(kind: RecordKind): string[] {
  const names = FIELDS[kind].fields.map((field) => field.name)
  const first = sectionsOf(kind, names)
    .slice(0, 4)
    .flatMap((section) => section.first)
  return names.filter((name) => !first.includes(name) || name === "checklist" || name === "files" || name === "covers")
}
