import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays, daysBetween, type Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Coverage } from "@/domain/coverage/coverage"

const WIDE = 1000
const HIGH = 18

/** The days of a sharing as a band: covered days filled, the others hatched, the day asked for as a line. */
export function CoverageBar({ coverage, today }: { coverage: Coverage; today: Day }) {
  const begins = coverage.own[0]?.from ?? null
  if (begins === null) return null
  const ends = coverage.own[coverage.own.length - 1]?.to ?? null
  const from = begins < today ? begins : today
  const last = ends ?? addDays(begins > today ? begins : today, 365)
  const to = last > today ? last : addDays(today, 1)
  const all = Math.max(1, daysBetween(from, to))
  const at = (day: Day): number => (Math.min(Math.max(daysBetween(from, day), 0), all) / all) * WIDE
  const rect = (days: Stretch): { x: number; width: number } => {
    const x = days.from === null ? 0 : at(days.from)
    return { x, width: Math.max((days.to === null ? WIDE : at(days.to)) - x, 1) }
  }
  const years = yearsBetween(from, to)
  return (
    <svg
      className="coverage-bar"
      viewBox={`0 0 ${WIDE} ${HIGH + 26}`}
      role="img"
      aria-label={say("coverage.bar", { from: dayWords(from), to: dayWords(addDays(to, -1)) })}
    >
      <defs>
        <pattern id="gap-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="gap-ground" width="8" height="8" />
          <rect className="gap-line" width="3" height="8" />
        </pattern>
      </defs>
      <rect className="bar-ground" y="4" width={WIDE} height={HIGH} />
      {coverage.covered.map((days) => (
        <rect key={`c${days.from}`} className="bar-covered" y="4" height={HIGH} {...rect(days)} />
      ))}
      {coverage.gaps.map((days) => (
        <rect key={`g${days.from}`} fill="url(#gap-hatch)" y="4" height={HIGH} {...rect(days)} />
      ))}
      {years.map((year) => (
        <g key={year}>
          <line className="bar-tick" x1={at(year)} x2={at(year)} y1={HIGH + 4} y2={HIGH + 9} />
          {at(year) < WIDE - 40 ? (
            <text className="bar-text" x={at(year) + 3} y={HIGH + 22}>
              {year.slice(0, 4)}
            </text>
          ) : null}
        </g>
      ))}
      <line className="bar-today" x1={at(today)} x2={at(today)} y1="0" y2={HIGH + 8} />
    </svg>
  )
}

function yearsBetween(from: Day, to: Day): Day[] {
  const first = Number(from.slice(0, 4)) + 1
  const count = Math.max(0, Number(to.slice(0, 4)) - first + 1)
  const step = Math.ceil(count / 8) || 1
  return Array.from({ length: Math.ceil(count / step) }, (_none, i) => `${first + i * step}-01-01` as Day)
}
