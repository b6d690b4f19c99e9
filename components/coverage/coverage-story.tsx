import Link from "next/link"
import { coverageWords } from "@/components/checks/coverage-words"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"
import type { Approval } from "@/domain/coverage/approval"
import type { Coverage } from "@/domain/coverage/coverage"
import { timelineOf } from "@/domain/coverage/timeline"
import { Choice } from "./choice"
import { CoverTag } from "./cover-tag"
import { Legend } from "./legend"
import { TimelinePicture } from "./timeline-picture"
import { TimelineTable } from "./timeline-table"
import { gapSentences } from "./timeline-words"

const NAMED = 20

/** On which days a sharing is covered, and why not on the others: a sentence, then as a picture or as a table. */
export function CoverageStory(props: {
  title: string
  coverage: Coverage
  approval: Approval
  day: Day
  past: boolean
  show: "picture" | "table"
  hrefs: Record<"picture" | "table", string>
}) {
  const { title, coverage, approval, day, past, show, hrefs } = props
  const timeline = timelineOf(coverage, approval, day)
  const [first = ""] = coverageWords(coverage)
  const gaps = gapSentences(coverage)
  return (
    <section className="card stack" id="coverage" aria-labelledby="coverage-title">
      <div className="row between">
        <h2 id="coverage-title">{say("coverage.title")}</h2>
        <div className="row">
          <CoverTag coverage={coverage} on={day} past={past} />
          <Choice
            label={say("picture.show")}
            chosen={show}
            ways={(["picture", "table"] as const).map((name) => ({ name, says: `picture.${name}`, href: hrefs[name] }))}
          />
        </div>
      </div>
      <p>{first}</p>
      {show === "table" ? <TimelineTable coverage={coverage} approval={approval} /> : null}
      {show === "picture" && timeline ? (
        <>
          <TimelinePicture
            timeline={timeline}
            day={day}
            past={past}
            title={title}
            words={[first, ...gaps].slice(0, 4).join(" ")}
          />
          <Legend strands />
          {gaps.length ? (
            <ol className="gap-list">
              {gaps.slice(0, NAMED).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          ) : null}
          {gaps.length > NAMED ? (
            <p>
              <Link href={hrefs.table} prefetch={false}>
                {say("picture.more-gaps", { n: gaps.length - NAMED })}
              </Link>
            </p>
          ) : null}
        </>
      ) : null}
      {coverage.unloaded.length ? (
        <p className="soft">{say("coverage.unloaded", { regimes: coverage.unloaded.join(", ") })}</p>
      ) : null}
    </section>
  )
}
