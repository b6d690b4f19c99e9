import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type TrendPoint = { on: string; n: number }

const STEP = 46
const HEIGHT = 96
const BASE = 76

/** A figure month by month as bars with their numbers, and the same as a table. */
export function Trend({ points, title, lede }: { points: readonly TrendPoint[]; title: string; lede: string }) {
  if (points.length === 0) return null
  const most = Math.max(1, ...points.map((point) => point.n))
  const width = points.length * STEP
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      <p className="soft small">{lede}</p>
      <div className="scroll" role="region" aria-label={title} tabIndex={0}>
        <svg
          className="trend"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={lede}
        >
          <line x1="0" x2={width} y1={BASE + 0.5} y2={BASE + 0.5} className="axis" />
          {points.map((point, i) => {
            const tall = Math.round((point.n / most) * 52)
            const x = i * STEP
            return (
              <g key={point.on}>
                <rect x={x + 10} y={BASE - tall} width={STEP - 20} height={tall} className="bar" />
                <text x={x + STEP / 2} y={BASE - tall - 5} textAnchor="middle" className="number">
                  {point.n}
                </text>
                <text x={x + STEP / 2} y={HEIGHT - 4} textAnchor="middle">
                  {monthWords(point.on)}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      <details>
        <summary>{say("promises.trend-table")}</summary>
        <table className="list">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{say("promises.trend-month")}</th>
              <th scope="col">{say("promises.not")}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.on}>
                <th scope="row">{dayWords(point.on)}</th>
                <td>{point.n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" })
const monthWords = (on: string): string =>
  `${MONTH.format(new Date(`${on}T00:00:00Z`))}${on.slice(5, 7) === "01" ? ` ${on.slice(2, 4)}` : ""}`
