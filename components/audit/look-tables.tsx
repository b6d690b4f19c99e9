import Link from "next/link"
import { actWords, answerWords, kindOf } from "./log-table"
import { At } from "@/components/ui/when"
import { StatusTag } from "@/components/ui/status-tag"
import { CATALOGUE, say } from "@/components/words/catalogue"

type Visit = {
  personId: string
  name: string
  from: string
  until: string | null
  entityId: string | null
  open: boolean
}

/** Visits of supervisors: whose, to which company, since when, and whether what they looked at is sealed. */
export function VisitTable({
  visits,
  companies,
}: {
  visits: readonly Visit[]
  companies: Readonly<Record<string, string>>
}) {
  return (
    <div className="scroll" role="region" aria-label={say("looks.title")} tabIndex={0}>
      <table className="list">
        <caption>{say("looks.title")}</caption>
        <thead>
          <tr>
            {["looks.visitor", "people.entity", "looks.since", "looks.until", "people.state"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => (
            <tr key={`${visit.personId}${visit.from}${visit.entityId ?? ""}`}>
              <th scope="row">
                <Link className="tall" href={`/audit/looks?person=${visit.personId}`} prefetch={false}>
                  {visit.name}
                </Link>
              </th>
              <td data-label={say("people.entity")}>
                {visit.entityId ? (companies[visit.entityId] ?? visit.entityId) : say("people.everywhere")}
              </td>
              <td data-label={say("looks.since")}>
                <At instant={visit.from} />
              </td>
              <td data-label={say("looks.until")}>
                {visit.until ? <At instant={visit.until} /> : say("looks.until-taken")}
              </td>
              <td>
                <StatusTag tone={visit.open ? "good" : "quiet"}>
                  {say(visit.open ? "looks.open" : "looks.sealed")}
                </StatusTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Look = {
  index: number
  act: string
  objects: readonly { type: string; id: string }[]
  first: string
  last: string
  n: number
}

/** What was looked at, in order: ids and no titles, for the list is the same whoever reads it. */
export function LookTable({ looks }: { looks: readonly Look[] }) {
  return (
    <div className="scroll" role="region" aria-label={say("looks.what")} tabIndex={0}>
      <table className="list dense">
        <caption>{say("looks.what")}</caption>
        <thead>
          <tr>
            {["log.index", "log.at", "looks.what", "log.about"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looks.map((look) => (
            <tr key={look.index}>
              <th scope="row">{look.index}</th>
              <td className="nowrap">
                <At instant={look.first} />
                {look.n > 1 ? <div className="soft small">{say("looks.times", { n: look.n })}</div> : null}
              </td>
              <td title={look.act}>{actWords(look.act)}</td>
              <td>
                <ul className="plain-list">
                  {look.objects.map((object) => (
                    <li key={object.id}>
                      {object.type === "answer" ? (
                        answerWords(object.id)
                      ) : (
                        <>
                          {kindWords(object.id)} <code>{object.id}</code>
                        </>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function kindWords(id: string): string {
  const kind = kindOf(id)
  return `kind.${kind}` in CATALOGUE ? say(`kind.${kind}`) : `object.${kind}` in CATALOGUE ? say(`object.${kind}`) : ""
}
