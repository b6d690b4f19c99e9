import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { BoardLine, ClauseState } from "@/domain/promises/board"

export type BoardRow = BoardLine & { since: string | null; sinceAlways: boolean; taken: number }

export const STATE_TONE: Record<ClauseState, Tone> = {
  "not-evidenced": "bad",
  unknown: "warn",
  evidenced: "good",
  "not-applicable": "quiet",
  "not-looked-at": "quiet",
}
export const GRAVITY_TONE: Record<string, Tone> = { blocking: "bad", warning: "warn", advice: "quiet" }
const ORDER: readonly ClauseState[] = ["not-evidenced", "unknown", "evidenced", "not-applicable", "not-looked-at"]
const WEIGHT: Record<string, number> = { blocking: 0, warning: 1, advice: 2 }

/** The clauses of a pack by how they stand, what worries first; each leads to its own page. */
export function BoardTable({ rows, at }: { rows: readonly BoardRow[]; at: (path: string) => string }) {
  return (
    <>
      {ORDER.map((state) => {
        const of = rows.filter((row) => row.state === state)
        if (of.length === 0) return null
        const sorted = state === "not-evidenced" ? [...of].sort(graver) : of
        const open = state !== "not-applicable" && state !== "not-looked-at"
        return (
          <details key={state} className="card board" open={open}>
            <summary>
              <h2>{say(`promises.group.${state}`)}</h2> <span className="soft">{of.length}</span>
            </summary>
            {state === "not-looked-at" ? <p className="soft small">{say("promises.group.not-looked-at-why")}</p> : null}
            <div className="scroll" role="region" aria-label={say(`promises.group.${state}`)} tabIndex={0}>
              <Rows state={state} rows={sorted} at={at} />
            </div>
          </details>
        )
      })}
    </>
  )
}

const graver = (a: BoardRow, b: BoardRow): number =>
  (WEIGHT[a.clause.severity] ?? 9) - (WEIGHT[b.clause.severity] ?? 9) || b.counts.n - a.counts.n

function Rows({ state, rows, at }: { state: ClauseState; rows: readonly BoardRow[]; at: (path: string) => string }) {
  const counted = state !== "not-looked-at" && state !== "not-applicable"
  const bad = state === "not-evidenced"
  return (
    <table className="list">
      <caption className="unseen">{say(`promises.group.${state}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{say("promises.clause")}</th>
          <th scope="col">{say("promises.gravity")}</th>
          {counted ? <th scope="col">{say("promises.not")}</th> : null}
          {counted ? <th scope="col">{say("promises.unknown")}</th> : null}
          {counted ? <th scope="col">{say("promises.kept")}</th> : null}
          {bad ? <th scope="col">{say("promises.since")}</th> : null}
          {bad ? <th scope="col">{say("promises.seen-to")}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.clause.id}>
            <th scope="row">
              <Link href={at(`/promises/${encodeURIComponent(row.clause.id)}`)} prefetch={false}>
                {row.clause.title}
              </Link>
              <br />
              <code className="soft small">{row.clause.id}</code>
            </th>
            <td>
              {bad || state === "unknown" ? (
                <StatusTag tone={GRAVITY_TONE[row.clause.severity] ?? "quiet"}>
                  {say(`severity.${row.clause.severity}`)}
                </StatusTag>
              ) : (
                <span className="soft">{say(`severity.${row.clause.severity}`)}</span>
              )}
            </td>
            {counted ? <td>{row.counts.n}</td> : null}
            {counted ? <td>{row.counts.u}</td> : null}
            {counted ? <td>{row.counts.e}</td> : null}
            {bad ? (
              <td>{row.since ? dayWords(row.since) : row.sinceAlways ? say("promises.since-always") : ""}</td>
            ) : null}
            {bad ? <td>{say("promises.seen-to-of", { k: row.taken, n: row.counts.n })}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
