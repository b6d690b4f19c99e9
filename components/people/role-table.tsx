import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type RoleView = {
  grantId: string
  name: string
  email: string | null
  role: string
  entityName: string | null
  state: string
  at: string
  byPerson: string | null
  byName: string | null
  /** Whether the account was shut by then. */
  shut: boolean
}

/** Who had which role: one line a grant, as it stood. */
export function RoleTable({ roles }: { roles: readonly RoleView[] }) {
  if (roles.length === 0) return <p className="soft">{say("roles.none")}</p>
  return (
    <div className="scroll" role="region" aria-label={say("roles.caption")} tabIndex={0}>
      <table className="list">
        <caption>{say("roles.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("people.name")}</th>
            <th scope="col">{say("people.roles")}</th>
            <th scope="col">{say("roles.state")}</th>
            <th scope="col">{say("roles.since")}</th>
            <th scope="col">{say("roles.by")}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map((role) => (
            <tr key={role.grantId}>
              <th scope="row">
                {role.name}
                <br />
                <span className="soft small">{role.email ?? say("people.no-address")}</span>
              </th>
              <td>
                {say("people.in", {
                  role: say(`role.${role.role}`),
                  entity: role.entityName ?? say("people.everywhere"),
                })}
              </td>
              <td>
                {role.shut ? <StatusTag tone="quiet">{say("people.state.disabled")}</StatusTag> : null}
                {role.shut ? null : (
                  <StatusTag tone={role.state === "waiting" ? "quiet" : role.state === "unconfirmed" ? "warn" : "good"}>
                    {say(`roles.state.${role.state}`)}
                  </StatusTag>
                )}
              </td>
              <td>
                <At instant={role.at} />
              </td>
              <td>{role.byName ?? say(role.byPerson ? "talk.somebody" : "roles.operator")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
