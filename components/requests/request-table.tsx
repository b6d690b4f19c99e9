import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type RequestLineView = {
  id: string
  no: number
  title: string
  state: string
  createdByName: string
  movedAt: string
  openStages: string[]
}

const TONES: Record<string, Tone> = {
  draft: "quiet",
  "in-review": "review",
  "changes-requested": "warn",
  approved: "good",
  recorded: "found",
  refused: "bad",
  withdrawn: "quiet",
}

/** The state of a request, in a word with its shape. */
export function RequestState({ state }: { state: string }) {
  return <StatusTag tone={TONES[state] ?? "quiet"}>{say(`state.${state}`)}</StatusTag>
}

/** Requests as a table; each row leads to its request. */
export function RequestTable({ rows, caption }: { rows: readonly RequestLineView[]; caption: string }) {
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say("requests.about")}</th>
            <th scope="col">{say("requests.no")}</th>
            <th scope="col">{say("requests.state")}</th>
            <th scope="col">{say("requests.waits")}</th>
            <th scope="col">{say("requests.by")}</th>
            <th scope="col">{say("requests.moved")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link href={`/requests/${row.id}`} prefetch={false}>
                  {row.title}
                </Link>
              </th>
              <td className="nowrap">R-{row.no}</td>
              <td>
                <RequestState state={row.state} />
              </td>
              <td>{row.openStages.map((stage) => say(`stage.${stage}`)).join(", ")}</td>
              <td>{row.createdByName}</td>
              <td className="nowrap">
                <At instant={row.movedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
