import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import type { Timeline } from "@/domain/coverage/timeline"
import { Axis, Bars, Fills, part, TodayMark } from "./marks"
import { todayWords } from "./timeline-words"

const TOP = 24
const LANE = { ground: 0, paper: 38, mechanism: 76, covered: 118, approved: 182 } as const
const BOTTOM = TOP + 214

/** One sharing's days: its strands, what they come to with the gaps numbered, and the band of approval. */
export function TimelinePicture(props: {
  timeline: Timeline
  day: Day
  past: boolean
  title: string
  /** The sentence that says what the picture shows. */
  words: string
  /** Tells its fills from those of another picture on the page. */
  id?: string
}) {
  const { timeline, day, past, title, words, id = "days" } = props
  const { from, to } = timeline.window
  return (
    <svg
      className="days"
      width="100%"
      height={BOTTOM + 22}
      role="img"
      aria-label={say("picture.time", { title, from: dayWords(from), to: dayWords(addDays(to, -1)), words })}
    >
      <Fills id={id} />
      <Axis ticks={timeline.ticks} top={TOP} bottom={BOTTOM} />
      {timeline.lanes.map(({ lane, pieces }) => {
        const y = TOP + LANE[lane]
        const whole = lane === "covered"
        return (
          <g key={lane}>
            <text className={`mark-words${whole ? " mark-strong" : ""}`} x="0" y={y + 14}>
              {say(lane === "approved" ? "lane.approval" : `lane.${lane}`)}
            </text>
            <Bars
              id={id}
              pieces={pieces}
              y={y + 19}
              height={whole ? 20 : 12}
              held={whole ? "mark-covered" : lane === "approved" ? "mark-approved" : "mark-strand"}
            />
          </g>
        )
      })}
      {timeline.signs.map((sign) => (
        <text
          key={sign.first}
          className="mark-words mark-strong"
          x={part(Math.min(Math.max(sign.x, 12), 988))}
          y={TOP + LANE.covered + 54}
          textAnchor="middle"
        >
          {sign.first === sign.last ? sign.first : `${sign.first}–${sign.last}`}
        </text>
      ))}
      <TodayMark x={timeline.today} top={TOP - 4} bottom={BOTTOM} words={todayWords(day, past)} />
    </svg>
  )
}
