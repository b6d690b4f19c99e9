import Link from "next/link"
import type { ReactNode } from "react"
import { DueOn } from "@/components/requests/due-on"
import { StatusTag } from "@/components/ui/status-tag"
import { At, dayWords, On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { pathOfTold, sentenceOf, subjectOf, type Told } from "@/domain/told/sentence"

export type InboxRequestView = {
  id: string
  no: number
  title: string
  byName: string
  movedAt: string
  stages: readonly string[]
  withWhom?: readonly { name: string; forName: string | null }[]
  dueOn?: string | null
  mark?: string | null
  forNames: readonly string[]
}
export type InboxGapView = {
  id: string
  recordId: string
  clause: string
  title: string
  dueOn: string
  today: string
  givenBy: string | null
}
export type InboxToldView = Told & { key: string; at: string; seenAt: string | null }

/** One part of the inbox, with the way to all of it where it is long. */
export function InboxPart(props: {
  says: string
  columns: readonly string[]
  more: string | null
  empty: boolean
  foot?: ReactNode
  children: ReactNode
}) {
  const title = say(props.says)
  const id = props.says.replace(".", "-")
  return (
    <section className="card stack">
      <h2 id={id}>{title}</h2>
      {props.empty ? (
        <p className="soft">{say("home.none")}</p>
      ) : (
        <div className="scroll" role="region" aria-labelledby={id} tabIndex={0}>
          <table className="list">
            <caption className="unseen">{title}</caption>
            <thead>
              <tr>
                {props.columns.map((column) => (
                  <th key={column} scope="col">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{props.children}</tbody>
          </table>
        </div>
      )}
      {props.foot}
      {props.more ? (
        <p>
          <Link className="tall" href={props.more} prefetch={false}>
            {say("home.more", { part: title })}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

function RequestName({ row }: { row: InboxRequestView }) {
  return (
    <th scope="row">
      <Link href={`/requests/${row.id}`} prefetch={false} data-row={row.id}>
        {row.title}
      </Link>
      <div className="soft small nowrap">R-{row.no}</div>
    </th>
  )
}

const stageWords = (stages: readonly string[]): string => stages.map((stage) => say(`stage.${stage}`)).join(", ")

/** What the columns of each part are called. */
export const COLUMNS = {
  decide: ["requests.about", "home.stage", "home.due", "requests.by", "home.since"],
  own: ["requests.about", "home.draft-since"],
  waiting: ["requests.about", "home.stage", "home.with", "home.due", "home.since"],
  gaps: ["requests.about", "home.clause", "home.due", "home.given"],
  told: ["requests.about", "home.happened", "home.when"],
} as const

/** A request that waits for the reader's decision. */
export function DecideRow({ row }: { row: InboxRequestView }) {
  return (
    <tr>
      <RequestName row={row} />
      <td data-label={say("home.stage")}>
        {stageWords(row.stages)}
        {row.forNames.length ? (
          <div className="soft small">{say("home.for", { name: row.forNames.join(", ") })}</div>
        ) : null}
      </td>
      <td className="nowrap" data-label={say("home.due")}>
        <DueOn dueOn={row.dueOn ?? null} mark={row.mark ?? null} />
      </td>
      <td data-label={say("requests.by")}>{row.byName}</td>
      <td className="nowrap" data-label={say("home.since")}>
        <At instant={row.movedAt} />
      </td>
    </tr>
  )
}

/** A request of the reader's own that they go on with. */
export function OwnRow({ row }: { row: InboxRequestView }) {
  return (
    <tr>
      <RequestName row={row} />
      <td className="nowrap" data-label={say("home.draft-since")}>
        <At instant={row.movedAt} />
      </td>
    </tr>
  )
}

function withWords(whom: readonly { name: string; forName: string | null }[]): string {
  const words = whom.map(({ name, forName }) =>
    forName === null ? name : say("home.with-for", { name, for: forName }),
  )
  return words.length ? words.join(", ") : say("home.with-nobody")
}

/** A request of the reader's own, and at whom it stands. */
export function WaitingRow({ row }: { row: InboxRequestView }) {
  return (
    <tr>
      <RequestName row={row} />
      <td data-label={say("home.stage")}>{stageWords(row.stages)}</td>
      <td data-label={say("home.with")}>{withWords(row.withWhom ?? [])}</td>
      <td className="nowrap" data-label={say("home.due")}>
        <DueOn dueOn={row.dueOn ?? null} mark={row.mark ?? null} />
      </td>
      <td className="nowrap" data-label={say("home.since")}>
        <At instant={row.movedAt} />
      </td>
    </tr>
  )
}

/** What the reader sees to by a day. */
export function GapRow({ row }: { row: InboxGapView }) {
  const overdue = row.dueOn < row.today
  return (
    <tr>
      <th scope="row">
        <Link href={pathOfTold({ requestId: null, recordId: row.recordId })} prefetch={false} data-row={row.id}>
          {row.title}
        </Link>
      </th>
      <td data-label={say("home.clause")}>{row.clause}</td>
      <td className="nowrap" data-label={say("home.due")}>
        <On day={row.dueOn} /> {overdue ? <StatusTag tone="bad">{say("desk.when.overdue")}</StatusTag> : null}
      </td>
      <td data-label={say("home.given")}>{row.givenBy ?? say("home.given-self")}</td>
    </tr>
  )
}

/** One thing that the reader is told. */
export function ToldRow({ row }: { row: InboxToldView }) {
  const { key, params } = sentenceOf(row, { day: dayWords, somebody: say("told.somebody") })
  return (
    <tr>
      <th scope="row">
        <Link href={pathOfTold(row)} prefetch={false} data-row={row.key}>
          {subjectOf(row) || say("told.about.files")}
        </Link>
      </th>
      <td data-label={say("home.happened")}>
        {say(key, params)} {row.seenAt ? null : <StatusTag tone="review">{say("home.new-mark")}</StatusTag>}
      </td>
      <td className="nowrap" data-label={say("home.when")}>
        <At instant={row.at} />
      </td>
    </tr>
  )
}
