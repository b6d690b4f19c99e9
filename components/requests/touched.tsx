import Link from "next/link"
import { coverageWords } from "@/components/checks/coverage-words"
import { Legend } from "@/components/coverage/legend"
import { TimelinePicture } from "@/components/coverage/timeline-picture"
import { TimelineTable } from "@/components/coverage/timeline-table"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"
import type { Approval } from "@/domain/coverage/approval"
import type { Coverage } from "@/domain/coverage/coverage"
import { timelineOf } from "@/domain/coverage/timeline"
import type { CoverChange } from "@/domain/requests/coverage-change"

type Drawn = { coverage: Coverage; approval: Approval }
export type TouchedView = {
  id: string
  title: string
  entityId: string
  partyName: string | null
  change: CoverChange
  today: Day
  before: Drawn | null
  after: Drawn
}

const TONES: Record<CoverChange, Tone> = {
  ...{ loses: "bad", both: "warn", gains: "good", new: "review", days: "review", same: "quiet", unknown: "quiet" },
}
/** So many are drawn on a page, and so many of them stand open. */
const PAGE = 10
const OPEN = 2

/** On which days the sharings that a request proposes or touches are covered: as it stands, and if it is approved. */
export function TouchedCoverage(props: {
  requestId: string
  lines: readonly TouchedView[]
  /** How many there are; `lines` may be fewer. */
  n: number
  page: number
  entities: readonly { id: string; entity: { legalName: string } }[]
}) {
  const { requestId, lines, n, entities } = props
  if (n === 0) return null
  const last = Math.max(1, Math.ceil(lines.length / PAGE))
  const page = Math.min(Math.max(1, props.page), last)
  const shown = lines.slice((page - 1) * PAGE, page * PAGE)
  const other = lines.filter((one) => one.change !== "same").length
  const left = n - page * PAGE
  return (
    <section className="card stack" id="coverage" aria-labelledby="coverage-title">
      <h2 id="coverage-title">{say("touched.title")}</h2>
      <p>
        {say("touched.lede", { n })} {say(other ? "touched.other" : "touched.no-other", { n: other })}
      </p>
      {shown.some((one) => one.change !== "same") ? <Legend strands /> : null}
      <ul className="plain-list stack">
        {shown.map((one, i) => (
          <Touched
            key={one.id}
            one={one}
            open={i < OPEN && one.change !== "same"}
            company={entities.find((entity) => entity.id === one.entityId)?.entity.legalName ?? ""}
          />
        ))}
      </ul>
      <div className="row no-print">
        {page > 1 ? (
          <Link className="button compact" href={`/requests/${requestId}#coverage`} prefetch={false}>
            {say("list.first")}
          </Link>
        ) : null}
        {page < last ? (
          <Link className="button compact" href={`/requests/${requestId}?cover=${page + 1}#coverage`} prefetch={false}>
            {say("touched.more", { n: left })}
          </Link>
        ) : left > 0 ? (
          <p className="soft small">{say("touched.rest", { n: left })}</p>
        ) : null}
      </div>
    </section>
  )
}

function Touched({ one, open, company }: { one: TouchedView; open: boolean; company: string }) {
  const [now] = one.before ? coverageWords(one.before.coverage) : []
  const [then] = coverageWords(one.after.coverage)
  const same = one.change === "same"
  return (
    <li className="stack">
      <div className="row">
        {one.change === "new" ? (
          <strong>{one.title}</strong>
        ) : (
          <Link className="tall" href={`/sharings/${one.id}`} prefetch={false}>
            {one.title}
          </Link>
        )}
        <StatusTag tone={TONES[one.change]}>{say(`touched.change.${one.change}`)}</StatusTag>
        <span className="soft small">{[company, one.partyName].filter(Boolean).join(", ")}</span>
      </div>
      {same ? <p className="small">{then}</p> : null}
      {same ? null : (
        <p className="small">
          {one.change === "new" ? null : (
            <>
              {say("touched.now")} {now ?? say("touched.working")}{" "}
            </>
          )}
          {say("touched.then")} {then}
        </p>
      )}
      <details open={open}>
        <summary>{say("touched.show", { title: one.title })}</summary>
        <div className="stack">
          {one.before && !same ? <Side one={one} drawn={one.before} beside={one.after} side="now" /> : null}
          <Side one={one} drawn={one.after} beside={one.before} side="then" />
          <details>
            <summary>{say("picture.table")}</summary>
            <div className="stack">
              {one.before && !same ? (
                <TimelineTable {...one.before} caption={say("touched.table-now", { title: one.title })} />
              ) : null}
              <TimelineTable {...one.after} caption={say("touched.table-then", { title: one.title })} />
            </div>
          </details>
        </div>
      </details>
    </li>
  )
}

function Side(props: { one: TouchedView; drawn: Drawn; beside: Drawn | null; side: "now" | "then" }) {
  const { one, drawn, beside, side } = props
  const timeline = timelineOf(drawn.coverage, drawn.approval, one.today, beside)
  const label = say(`touched.side-${side}`)
  return (
    <div>
      <h3 className="small">{label}</h3>
      {timeline ? (
        <TimelinePicture
          timeline={timeline}
          day={one.today}
          past={false}
          title={`${one.title}, ${label}`}
          words={coverageWords(drawn.coverage).slice(0, 3).join(" ")}
          id={`${side}-${one.id}`}
        />
      ) : (
        <p className="soft small">{say("cover-rows.undated")}</p>
      )}
    </div>
  )
}
