import Link from "next/link"
import { RequestState } from "@/components/requests/request-table"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"

export type TogetherResultView = {
  position: number
  requestId: string
  no: number | null
  title: string | null
  requestState: string | null
  absentName: string | null
  stage: string
  state: "waiting" | "taken" | "refused"
  says: string | null
}

const TONES = { taken: "good", refused: "bad", waiting: "quiet" } as const

/** What came of each request, with the way to it. */
export function TogetherResults({ lines }: { lines: readonly TogetherResultView[] }) {
  return (
    <div className="scroll" role="region" aria-label={say("together.results")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("together.results")}</caption>
        <thead>
          <tr>
            {["requests.about", "together.as", "together.result", "together.why"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.position}>
              <th scope="row">
                {line.title === null ? (
                  say("together.unknown")
                ) : (
                  <Link href={`/requests/${line.requestId}`} prefetch={false}>
                    R-{line.no} {line.title}
                  </Link>
                )}
              </th>
              <td data-label={say("together.as")}>
                {say(`stage.${line.stage}`)}
                {line.absentName ? (
                  <div className="soft small">{say("home.for", { name: line.absentName })}</div>
                ) : null}
              </td>
              <td data-label={say("together.result")}>
                <StatusTag tone={TONES[line.state]}>{say(`together.${line.state}`)}</StatusTag>{" "}
                {line.state === "taken" && line.requestState ? <RequestState state={line.requestState} /> : null}
              </td>
              {line.says ? <td data-label={say("together.why")}>{say(line.says)}</td> : <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
