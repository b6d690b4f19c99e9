import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { spanWords } from "./absences"

export type AwayView = {
  absenceId: string
  name: string
  fromOn: string
  toOn: string | null
  delegates: readonly { delegationId: string; name: string; role: string; entityId: string | null }[]
}
export type EntitledView = { by: string; name: string; role: string; entityId: string | null; forName: string | null }

type Names = (entityId: string | null) => string

const asWords = (role: string, entity: string): string => say("people.in", { role: say(`role.${role}`), entity })

/** Who is or was away, with what is missing: an end, or somebody who stands in. */
export function AwayTable({ away, nameOf }: { away: readonly AwayView[]; nameOf: Names }) {
  if (away.length === 0) return <p className="soft">{say("roles.away-none")}</p>
  return (
    <div className="scroll" role="region" aria-label={say("roles.away")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("roles.away")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("people.name")}</th>
            <th scope="col">{say("roles.away-days")}</th>
            <th scope="col">{say("roles.away-delegates")}</th>
          </tr>
        </thead>
        <tbody>
          {away.map((one) => (
            <tr key={one.absenceId}>
              <th scope="row">{one.name}</th>
              <td data-label={say("roles.away-days")}>
                {spanWords(one)}{" "}
                {one.toOn === null ? <StatusTag tone="warn">{say("roles.away-no-end")}</StatusTag> : null}
              </td>
              <td data-label={say("roles.away-delegates")}>
                {one.delegates.length === 0 ? <StatusTag tone="warn">{say("roles.away-no-delegate")}</StatusTag> : null}
                {one.delegates.map((line) => (
                  <div key={line.delegationId}>
                    {line.name}, {asWords(line.role, nameOf(line.entityId))}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Who is or was entitled to decide: in their own right, and on whose behalf. */
export function EntitledTable({ entitled, nameOf }: { entitled: readonly EntitledView[]; nameOf: Names }) {
  if (entitled.length === 0) return <p className="soft">{say("roles.entitled-none")}</p>
  return (
    <div className="scroll" role="region" aria-label={say("roles.entitled")} tabIndex={0}>
      <table className="list">
        <caption className="unseen">{say("roles.entitled")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("people.name")}</th>
            <th scope="col">{say("roles.entitled-as")}</th>
            <th scope="col">{say("roles.by")}</th>
          </tr>
        </thead>
        <tbody>
          {entitled.map((one) => (
            <tr key={`${one.by}${one.entityId ?? ""}`}>
              <th scope="row">{one.name}</th>
              <td data-label={say("roles.entitled-as")}>{asWords(one.role, nameOf(one.entityId))}</td>
              <td data-label={say("roles.by")}>
                {one.forName ? say("roles.entitled-for", { name: one.forName }) : say("roles.entitled-own")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
