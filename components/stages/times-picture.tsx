import { say } from "@/components/words/catalogue"
import type { StageTime } from "@/domain/requests/stage-times"

const STEP = 52
const HEIGHT = 132
const BASE = 110
const TALL = 84

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" })
const monthWords = (month: string): string =>
  `${MONTH.format(new Date(`${month}-01T00:00:00Z`))}${month.endsWith("-01") ? ` ${month.slice(2, 4)}` : ""}`

/** How long one stage took in a company, month by month: half of it filled, nine of ten as an outline; and the same as a table. */
export function StageTimesPicture({
  stage,
  months,
  times,
}: {
  stage: string
  months: readonly string[]
  times: readonly StageTime[]
}) {
  const name = say(`stage.${stage}`)
  const of = (month: string | null): StageTime | undefined => times.find((one) => one.month === month)
  const most = Math.max(1, ...times.map((one) => one.p90))
  const tall = (days: number): number => Math.round((days / most) * TALL)
  const whole = of(null)
  const width = months.length * STEP
  const label = say("times.picture", { stage: name })
  return (
    <section className="card stack" aria-labelledby={`times-${stage}`}>
      <h2 id={`times-${stage}`}>{name}</h2>
      <div className="scroll" role="region" aria-label={label} tabIndex={0}>
        <svg
          className="trend"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={label}
        >
          <line x1="0" x2={width} y1={BASE + 0.5} y2={BASE + 0.5} className="axis" />
          {months.map((month, i) => {
            const time = of(month)
            const x = i * STEP
            return (
              <g key={month}>
                {time ? (
                  <>
                    <rect
                      x={x + 10}
                      y={BASE - tall(time.p90)}
                      width={STEP - 20}
                      height={tall(time.p90)}
                      className="outline"
                    />
                    <rect
                      x={x + 14}
                      y={BASE - tall(time.median)}
                      width={STEP - 28}
                      height={tall(time.median)}
                      className="bar"
                    />
                    <text x={x + STEP / 2} y={BASE - tall(time.p90) - 5} textAnchor="middle" className="number">
                      {time.median} / {time.p90}
                    </text>
                  </>
                ) : null}
                <text x={x + STEP / 2} y={HEIGHT - 6} textAnchor="middle">
                  {monthWords(month)}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      <div className="scroll" role="region" aria-label={say("times.table", { stage: name })} tabIndex={0}>
        <table className="list">
          <caption>{say("times.table", { stage: name })}</caption>
          <thead>
            <tr>
              {["times.month", "times.n", "times.median", "times.p90"].map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.flatMap((month) => {
              const time = of(month)
              return time ? [<TimeRow key={month} head={monthWords(month)} time={time} />] : []
            })}
            {whole ? <TimeRow head={say("times.all")} time={whole} /> : null}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function TimeRow({ head, time }: { head: string; time: StageTime }) {
  return (
    <tr>
      <th scope="row">{head}</th>
      <td data-label={say("times.n")}>{time.n}</td>
      <td data-label={say("times.median")}>{time.median}</td>
      <td data-label={say("times.p90")}>{time.p90}</td>
    </tr>
  )
}
