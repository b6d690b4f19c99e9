import Link from "next/link"
import type { ReactNode } from "react"
import { coverageWords } from "@/components/checks/coverage-words"
import { standingOf } from "@/components/records/record-path"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import type { Approval } from "@/domain/coverage/approval"
import type { Coverage } from "@/domain/coverage/coverage"
import { rowsOf, type Row, type RowsOfDays } from "@/domain/coverage/timeline"
import { CoverTag } from "./cover-tag"
import { Legend } from "./legend"
import { Axis, Bars, Fills, TodayMark } from "./marks"
import { gapSentences, stretchesWords, todayWords } from "./timeline-words"

/** A sharing as a row; `coverage` null where nothing had been judged. `under`: a smaller line below its name. */
export type CoverItem = {
  id: string
  title: string
  href: string
  under: ReactNode
  standing: string
  underDemand: boolean
  coverage: Coverage | null
  approval: Approval
}

type Props = { label: string; items: readonly CoverItem[]; day: Day; past: boolean }

/** Several sharings over the same days, a row each: how it is covered, and below in a thin band how it is approved. */
export function CoverRows({ label, items, day, past }: Props) {
  const drawn = items.flatMap(({ coverage, approval }) => (coverage ? [{ coverage, approval }] : []))
  const picture = rowsOf(drawn, day)
  const rows = new Map(items.filter((item) => item.coverage).map((item, i) => [item.id, picture.rows[i]]))
  return (
    <div className="cover-rows">
      <Legend strands={false} />
      <svg className="days cover-axis" width="100%" height="44" aria-hidden="true" focusable="false">
        <Axis ticks={picture.ticks} top={20} bottom={24} />
        <TodayMark x={picture.today} top={20} bottom={44} words={todayWords(day, past)} />
      </svg>
      <ul className="plain-list" aria-label={label}>
        {items.map((item) => (
          <li key={item.id}>
            <Name item={item} day={day} past={past} />
            <Picture item={item} row={rows.get(item.id)} picture={picture} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Name({ item, day, past }: { item: CoverItem; day: Day; past: boolean }) {
  return (
    <div className="cover-name">
      <Link className="tall" href={item.href} prefetch={false} data-row="">
        {item.title}
      </Link>
      <Signs item={item} day={day} past={past} />
      <div className="soft small">{item.under}</div>
    </div>
  )
}

function Signs({ item, day, past }: { item: CoverItem; day: Day; past: boolean }) {
  if (item.standing === "ended") return <StatusTag tone="quiet">{say("standing.ended")}</StatusTag>
  return (
    <>
      {item.coverage ? <CoverTag coverage={item.coverage} on={day} past={past} /> : null}{" "}
      {item.standing === "discovered" ? (
        <StatusTag tone="found">{say(standingOf(item.standing, item.underDemand))}</StatusTag>
      ) : null}
    </>
  )
}

function Picture({ item, row, picture }: { item: CoverItem; row: Row | undefined; picture: RowsOfDays }) {
  if (!item.coverage) return <p className="soft small">{say("cover-rows.unjudged")}</p>
  if (!row || item.coverage.own.length === 0) return <p className="soft small">{say("cover-rows.undated")}</p>
  const { from, to } = picture.window
  const words = coverageWords(item.coverage).slice(0, 3).join(" ")
  const days = { title: item.title, from: dayWords(from), to: dayWords(addDays(to, -1)), words }
  return (
    <svg className="days" width="100%" height="36" role="img" aria-label={say("picture.time", days)}>
      <Fills id={item.id} />
      <Axis ticks={picture.ticks.map((tick) => ({ ...tick, named: false }))} top={0} bottom={36} />
      <Bars id={item.id} pieces={row.covered} y={6} height={16} held="mark-covered" />
      <Bars id={item.id} pieces={row.approved} y={26} height={6} held="mark-approved" />
      <TodayMark x={picture.today} top={0} bottom={36} />
    </svg>
  )
}

/** The same rows as a table. */
export function CoverRowsTable({ label, items, day, past }: Props) {
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="list dense">
        <caption>{say("cover-rows.caption")}</caption>
        <thead>
          <tr>
            {["sharing", "state", "covered", "gaps", "approved"].map((column) => (
              <th key={column} scope="col">
                {say(`cover-rows.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <Link href={item.href} prefetch={false} data-row="">
                  {item.title}
                </Link>
                <div className="soft small">{item.under}</div>
              </th>
              <td>
                <Signs item={item} day={day} past={past} />
              </td>
              <td>{item.coverage ? stretchesWords(item.coverage.covered) : say("cover-rows.unjudged")}</td>
              <td>
                {item.coverage ? (
                  <ul className="plain-list">
                    {gapSentences(item.coverage).map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                ) : null}
              </td>
              <td>{stretchesWords(item.approval.approved)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
