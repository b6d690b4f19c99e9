import Link from "next/link"
import { PATH } from "@/components/records/record-path"
import { At } from "@/components/ui/when"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { ID_PREFIX } from "@/domain/core/id"

type Line = {
  index: number
  at: string
  act: string
  actorId: string
  forId: string
  objects: readonly { type: string; id: string; version?: number }[]
}
type Names = Readonly<Record<string, string>>

const PATHS: Record<string, string> = { ...PATH, request: "/requests" }
const SHOWN = 3

/** A page of the log: each line says who did what to which record, and leads there. */
export function LogTable(props: {
  lines: readonly Line[]
  names: Names
  titles: Names
  /** How many entries were signed: each of them has its proof. */
  signed: number
}) {
  const { lines, names, titles, signed } = props
  if (lines.length === 0) return <p className="soft">{say("log.none")}</p>
  return (
    <div className="scroll" role="region" aria-label={say("log.caption")} tabIndex={0}>
      <table className="list dense">
        <caption>{say("log.caption")}</caption>
        <thead>
          <tr>
            {["index", "at", "actor", "act", "about"].map((column) => (
              <th key={column} scope="col">
                {say(`log.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.index}>
              <th scope="row">
                <Link
                  className="tall"
                  href={`/audit/events/${line.index}`}
                  title={line.index < signed ? say("log.proof", { n: line.index }) : undefined}
                  prefetch={false}
                >
                  {line.index}
                </Link>
              </th>
              <td className="nowrap">
                <At instant={line.at} />
              </td>
              <td>
                <Who id={line.actorId} names={names} />
                {line.forId ? (
                  <div className="soft small">{say("talk.for", { name: names[line.forId] ?? line.forId })}</div>
                ) : null}
              </td>
              <td title={line.act}>{actWords(line.act)}</td>
              <td>
                <ul className="plain-list">
                  {line.objects.slice(0, SHOWN).map((object) => (
                    <About
                      key={object.type + object.id}
                      object={object}
                      title={titles[object.id] ?? names[object.id]}
                    />
                  ))}
                  {line.objects.length > SHOWN ? (
                    <li className="soft">{say("log.more", { n: line.objects.length - SHOWN })}</li>
                  ) : null}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** An act in words; one that has none is told by its name. */
export function actWords(act: string): string {
  if (act === "withheld") return say("log.withheld")
  return `act.${act}` in CATALOGUE ? say(`act.${act}`) : act
}

/** Who did it, leading to all that they did. */
export function Who({ id, names }: { id: string; names: Names }) {
  if (id === "") return "–"
  if (id === "operator") return say("log.operator")
  if (id === "nobody") return say("log.link-holder")
  return (
    <Link className="tall" href={`/audit/events?person=${id}`} prefetch={false}>
      {names[id] ?? id}
    </Link>
  )
}

/** What it is about, leading there. */
export function About({ object, title }: { object: Line["objects"][number]; title: string | undefined }) {
  if (object.type === "answer") return <li>{answerWords(object.id)}</li>
  const path = PATHS[object.type] ?? PATHS[kindOf(object.id)]
  const what = `object.${object.type}` in CATALOGUE ? say(`object.${object.type}`) : say(`kind.${object.type}`)
  const words = title ?? what
  return (
    <li>
      {path && title ? (
        <Link className="tall" href={`${path}/${object.id}`} prefetch={false}>
          {words}
        </Link>
      ) : (
        words
      )}{" "}
      <span className="soft small">
        {title ? what : ""}
        {object.version ? `, v${object.version}` : ""}
      </span>
    </li>
  )
}

/** An answer page that somebody looked at. */
export function answerWords(answer: string): string {
  return `answers.${answer}` in CATALOGUE ? say(`answers.${answer}`) : answer
}

const KIND_OF = new Map(Object.entries(ID_PREFIX).map(([kind, prefix]) => [prefix as string, kind]))

/** What an id is of; empty where it is none of ours. */
export const kindOf = (id: string): string => KIND_OF.get(id.slice(0, 3)) ?? ""
