import Link from "next/link"
import type { ReactNode } from "react"
import { PeekLink } from "@/components/table/peek-link"
import { DueOn } from "@/components/requests/due-on"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type RequestLineView = {
  id: string
  no: number
  title: string
  state: string
  createdByName: string
  movedAt: string
  openStages: string[]
  dueOn: string | null
  mark: string | null
  kind: string
  proposalCount: number
  createdAt: string
}

const TONES: Record<string, Tone> = {
  draft: "quiet",
  "in-review": "review",
  "changes-requested": "warn",
  approved: "good",
  recorded: "found",
  refused: "bad",
  withdrawn: "quiet",
}

/** The state of a request, in a word with its shape. */
export function RequestState({ state }: { state: string }) {
  return <StatusTag tone={TONES[state] ?? "quiet"}>{say(`state.${state}`)}</StatusTag>
}

/** The columns of the table of requests after the first; `more`: shown when they are chosen. */
export const REQUEST_COLUMNS = [
  { id: "no", label: say("requests.no") },
  { id: "state", label: say("requests.state") },
  { id: "waits", label: say("requests.waits") },
  { id: "due", label: say("requests.due") },
  { id: "by", label: say("requests.by") },
  { id: "moved", label: say("requests.moved") },
  { id: "kind", label: say("column.kind"), more: true },
  { id: "proposals", label: say("column.proposals"), more: true },
  { id: "begun", label: say("column.begun"), more: true },
] as const satisfies readonly { id: string; label: string; more?: boolean }[]

const USUAL = REQUEST_COLUMNS.filter((column) => !("more" in column)).map((column) => column.id as string)

/** Requests as a table; each row leads to its request. The columns chosen, or those that come of themselves. */
export function RequestTable({
  rows,
  caption,
  columns = [],
  peeks,
  sorts = {},
}: {
  rows: readonly RequestLineView[]
  caption: string
  columns?: readonly string[]
  /** The address of a look at a row beside the list, and the row that is looked at. */
  peeks?: { href: (id: string) => string; open: string }
  sorts?: RequestSorts
}) {
  const shown = columns.length ? columns : USUAL
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <Head label={say("requests.about")} sort={sorts.title} />
            {shown.map((id) => (
              <Head
                key={id}
                label={REQUEST_COLUMNS.find((column) => column.id === id)?.label ?? id}
                sort={id === "moved" || id === "no" ? sorts[id] : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-open={row.id === peeks?.open ? "" : undefined}>
              <th scope="row">
                <Link href={`/requests/${row.id}`} prefetch={false} data-row={row.id}>
                  {row.title}
                </Link>
                {peeks ? (
                  <PeekLink
                    href={peeks.href(row.id)}
                    says={say("peek.open", { title: row.title })}
                    open={row.id === peeks.open}
                  />
                ) : null}
              </th>
              {shown.map((id) => (
                <td key={id} className={NARROW.has(id) ? "nowrap" : undefined}>
                  {CELL[id]?.(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Sort = { href: string; sorted?: "ascending" | "descending" }
/** Where the head of a column leads that the table can be sorted by, and which way it is. */
export type RequestSorts = { [sort in "moved" | "title" | "no"]?: Sort }

function Head({ label, sort }: { label: string; sort: Sort | undefined }) {
  return (
    <th scope="col" aria-sort={sort?.sorted}>
      {sort ? (
        <Link href={sort.href} prefetch={false} aria-label={say("list.sort", { column: label })}>
          {label}
          {sort.sorted ? <span aria-hidden="true">{sort.sorted === "ascending" ? " ↑" : " ↓"}</span> : null}
        </Link>
      ) : (
        label
      )}
    </th>
  )
}

const NARROW = new Set(["no", "due", "moved", "begun"])

const CELL: Record<string, (row: RequestLineView) => ReactNode> = {
  no: (row) => `R-${row.no}`,
  state: (row) => <RequestState state={row.state} />,
  waits: (row) => row.openStages.map((stage) => say(`stage.${stage}`)).join(", "),
  due: (row) => <DueOn dueOn={row.dueOn} mark={row.mark} />,
  by: (row) => row.createdByName,
  moved: (row) => <At instant={row.movedAt} />,
  kind: (row) => say(`requests.kind.${row.kind}`),
  proposals: (row) => row.proposalCount,
  begun: (row) => <At instant={row.createdAt} />,
}
