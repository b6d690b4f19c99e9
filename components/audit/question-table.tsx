import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { At, On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Line = {
  id: string
  subjectId: string
  entityIds: readonly string[]
  words: string | null
  dueOn: string | null
  byPerson: string
  at: string
  answered: boolean
}

const SHOWN = 160

/** Questions of supervisors: what is asked about what, by when, and whether it is answered. */
export function QuestionTable(props: {
  questions: readonly Line[]
  names: Readonly<Record<string, string>>
  titles: Readonly<Record<string, string>>
  today: string
}) {
  return (
    <div className="scroll" role="region" aria-label={say("questions.title")} tabIndex={0}>
      <table className="list">
        <caption>{say("questions.title")}</caption>
        <thead>
          <tr>
            {[
              "questions.question",
              "log.about",
              "questions.companies",
              "questions.by",
              "log.at",
              "questions.due",
              "people.state",
            ].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.questions.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link className="tall" href={`/audit/questions/${one.id}`} prefetch={false}>
                  {cut(one.words ?? say("questions.erased"))}
                </Link>
              </th>
              <td>{props.titles[one.subjectId] ?? one.subjectId}</td>
              <td>{one.entityIds.map((id) => props.names[id] ?? id).join(", ")}</td>
              <td>{props.names[one.byPerson] ?? one.byPerson}</td>
              <td className="nowrap">
                <At instant={one.at} />
              </td>
              <td className="nowrap">{one.dueOn ? <On day={one.dueOn} /> : "–"}</td>
              <td>
                <Standing answered={one.answered} late={one.dueOn !== null && one.dueOn < props.today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)

function Standing({ answered, late }: { answered: boolean; late: boolean }) {
  if (answered) return <StatusTag tone="good">{say("questions.answered")}</StatusTag>
  return <StatusTag tone={late ? "warn" : "review"}>{say(late ? "questions.late" : "questions.open")}</StatusTag>
}
