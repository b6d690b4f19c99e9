import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"

export type ReviewLineView = {
  recordId: string
  kind: string
  title: string
  row: number | null
  country: string | null
  clauses: readonly string[]
  enters: string
  unknowns: number
  nearId: string | null
}

const TONES: Record<string, Tone> = {
  approved: "good",
  discovered: "found",
  blocked: "bad",
  ended: "quiet",
  unchecked: "quiet",
}

/** The first clauses that block and how many more; the record's own view has them all. */
function clausesOf(clauses: readonly string[]): string {
  const first = clauses.slice(0, 3).join(", ")
  return clauses.length > 3 ? `${first} ${say("review.more-clauses", { n: clauses.length - 3 })}` : first
}

/** What a request of many records proposes, a line each: tick it, or open it. */
export function ReviewTable(props: {
  rows: readonly ReviewLineView[]
  caption: string
  ticked: ReadonlySet<string> | null
  near: Readonly<Record<string, string>>
  shown: string
  hrefOf: (recordId: string) => string
}) {
  const { rows, caption, ticked, near, shown, hrefOf } = props
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="list">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {ticked ? (
              <th scope="col">
                <span className="unseen">{say("review.tick")}</span>
              </th>
            ) : null}
            {["title", "row", "country", "enters", "blocked"].map((column) => (
              <th key={column} scope="col">
                {say(`review.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <tr key={item.recordId} aria-current={item.recordId === shown ? "true" : undefined}>
              {ticked ? (
                <td>
                  <input
                    type="checkbox"
                    name="tick"
                    value={item.recordId}
                    defaultChecked={ticked.has(item.recordId)}
                    aria-label={say("review.tick-one", { title: item.title, kind: say(`kind.${item.kind}`) })}
                  />
                </td>
              ) : null}
              <th scope="row">
                <Link href={hrefOf(item.recordId)} prefetch={false}>
                  {item.title}
                </Link>
                <div className="soft small">
                  {say(`kind.${item.kind}`)}
                  {item.unknowns ? ` · ${say("review.unknowns", { n: item.unknowns })}` : ""}
                </div>
                {item.nearId && near[item.nearId] ? (
                  <div className="small">
                    {say("review.near-to")}{" "}
                    <Link href={`/parties/${item.nearId}`} prefetch={false}>
                      {near[item.nearId]}
                    </Link>
                  </div>
                ) : null}
              </th>
              <td>{item.row ?? ""}</td>
              <td>{item.country ? countryName(item.country) : ""}</td>
              <td>
                <StatusTag tone={TONES[item.enters] ?? "quiet"}>{say(`review.enters.${item.enters}`)}</StatusTag>
              </td>
              <td className="small">{clausesOf(item.clauses)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
