import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Line = {
  id: string
  authority: string | null
  reference: string | null
  receivedOn: string
  dueOn: string | null
  responsibleName: string
  questions: number
  answered: number
  released: boolean
}

const COLUMNS = ["authority", "received", "due", "responsible", "state"]

/** Letters of authorities: who asks, by when, who answers for it, and how far it is. */
export function InquiryTable({ lines, today }: { lines: readonly Line[]; today: string }) {
  return (
    <div className="scroll" role="region" aria-label={say("inquiry.title")} tabIndex={0}>
      <table className="list">
        <caption>{say("inquiry.caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {say(`inquiry.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <Link className="tall" href={`/audit/inquiries/${line.id}`} prefetch={false}>
                  {line.authority ?? say("inquiry.erased")}
                </Link>
                {line.reference ? <div className="soft small">{line.reference}</div> : null}
              </th>
              <td className="nowrap" data-label={say("inquiry.received")}>
                <On day={line.receivedOn} />
              </td>
              <td className="nowrap" data-label={say("inquiry.due")}>
                {line.dueOn ? <On day={line.dueOn} /> : say("inquiry.due-none")}
              </td>
              <td data-label={say("inquiry.responsible")}>{line.responsibleName}</td>
              <td>
                <InquiryState line={line} today={today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How far a letter is: released, waiting for it, or so many answered; late where its day is over. */
export function InquiryState(props: {
  line: Pick<Line, "dueOn" | "questions" | "answered" | "released">
  today: string
}) {
  const { dueOn, questions, answered, released } = props.line
  if (released) return <StatusTag tone="good">{say("inquiry.state.released")}</StatusTag>
  const state =
    answered === questions ? (
      <StatusTag tone="review">{say("inquiry.state.answered")}</StatusTag>
    ) : (
      <StatusTag tone="quiet">{say("inquiry.state.open", { n: answered, all: questions })}</StatusTag>
    )
  return dueOn !== null && dueOn < props.today ? (
    <>
      {state} <StatusTag tone="warn">{say("inquiry.late")}</StatusTag>
    </>
  ) : (
    state
  )
}
