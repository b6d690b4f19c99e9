import { say } from "@/components/words/catalogue"
import { PAPER_DUES } from "@/domain/agreements/dues"

const STEP = 46
const HEIGHT = 124
const BASE = 100
const TALL = 78

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" })
const LONG = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" })
const first = (month: string): Date => new Date(`${month}-01T00:00:00Z`)
const short = (month: string): string =>
  `${MONTH.format(first(month))}${month.endsWith("-01") ? ` ${month.slice(2, 4)}` : ""}`

/** The months from one on, as `2026-11`. */
export function monthsFrom(from: string, n: number): string[] {
  const start = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1
  return Array.from({ length: n }, (_, i) => {
    const at = start + i
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`
  })
}

/** How much is due in each month, as bars and as a table of its kinds. */
export function LoadPicture(props: {
  from: string
  months: number
  counts: readonly { month: string; kind: string; n: number }[]
}) {
  const { counts } = props
  const all = monthsFrom(props.from, props.months)
  const label = say("renewals.load-picture", { n: props.months })
  if (counts.length === 0) return <p className="card soft">{say("renewals.load-none", { n: props.months })}</p>
  const of = (month: string, kind?: string): number =>
    counts.reduce((sum, one) => (one.month === month && (!kind || one.kind === kind) ? sum + one.n : sum), 0)
  const most = Math.max(...all.map((month) => of(month)), 1)
  const width = all.length * STEP
  const kinds = PAPER_DUES.filter((kind) => counts.some((one) => one.kind === kind))
  return (
    <section className="card stack" aria-labelledby="load">
      <h2 id="load">{say("renewals.load")}</h2>
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
          {all.map((month, i) => {
            const n = of(month)
            const tall = n === 0 ? 0 : Math.max(2, Math.round((n / most) * TALL))
            return (
              <g key={month}>
                {n ? (
                  <>
                    <rect x={i * STEP + 9} y={BASE - tall} width={STEP - 18} height={tall} className="bar" />
                    <text x={i * STEP + STEP / 2} y={BASE - tall - 5} textAnchor="middle" className="number">
                      {n}
                    </text>
                  </>
                ) : null}
                <text x={i * STEP + STEP / 2} y={HEIGHT - 6} textAnchor="middle">
                  {short(month)}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      <details>
        <summary className="more">{say("renewals.load-table")}</summary>
        <div className="scroll" role="region" aria-label={say("renewals.load-table")} tabIndex={0}>
          <table className="list dense">
            <caption>{say("renewals.load-table")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("renewals.month")}</th>
                {kinds.map((kind) => (
                  <th key={kind} scope="col">
                    {say(`renewals.kind.${kind}`)}
                  </th>
                ))}
                <th scope="col">{say("renewals.all")}</th>
              </tr>
            </thead>
            <tbody>
              {all
                .filter((month) => of(month) > 0)
                .map((month) => (
                  <tr key={month}>
                    <th scope="row">{LONG.format(first(month))}</th>
                    {kinds.map((kind) => (
                      <td key={kind} data-label={say(`renewals.kind.${kind}`)}>
                        {of(month, kind)}
                      </td>
                    ))}
                    <td data-label={say("renewals.all")}>{of(month)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
