import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { ROLES, type Role } from "@/domain/people/roles"

export type GrantView = {
  grantId: string
  role: Role
  entityName: string | null
  state: string
  mayConfirm: boolean
  bound?: string
}
/** A new-password link that waits for a second administrator: who made it, and whether this one may confirm. */
export type ResetView = { byName: string; mayConfirm: boolean }
export type PersonView = {
  id: string
  name: string
  email: string | null
  state: string
  self: boolean
  grants: GrantView[]
  reset: ResetView | null
}
export type EntityChoice = { id: string; name: string }

const TONES: Record<string, Tone> = { invited: "review", active: "good", disabled: "quiet" }

/** People with their roles; each act is a form of its own and says whom it is about. */
export function PersonTable({
  people,
  entities,
}: {
  people: readonly PersonView[]
  entities: readonly EntityChoice[]
}) {
  return (
    <div className="scroll" role="region" aria-label={say("people.caption")} tabIndex={0}>
      <table className="list">
        <caption>{say("people.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("people.name")}</th>
            <th scope="col">{say("people.state")}</th>
            <th scope="col">{say("people.roles")}</th>
            <th scope="col">{say("people.acts")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name}
                <br />
                <span className="soft small">{person.email ?? say("people.no-address")}</span>
              </th>
              <td>
                <StatusTag tone={TONES[person.state] ?? "quiet"}>{say(`people.state.${person.state}`)}</StatusTag>
                {person.reset ? <WaitingReset person={person} reset={person.reset} /> : null}
              </td>
              <td>
                <Roles person={person} />
              </td>
              <td>
                {person.self ? (
                  <span className="soft">{say("people.self")}</span>
                ) : (
                  <Acts person={person} entities={entities} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function WaitingReset({ person, reset }: { person: PersonView; reset: ResetView }) {
  return (
    <div className="stack">
      <p className="small">{say("people.reset-waits", { by: reset.byName })}</p>
      {reset.mayConfirm ? (
        <Act
          action="/api/v1/people/reset-confirm"
          name="personId"
          value={person.id}
          says="people.reset-confirm"
          label={say("people.reset-confirm-for", { name: person.name })}
        />
      ) : null}
    </div>
  )
}

function Roles({ person }: { person: PersonView }) {
  if (person.grants.length === 0) return <span className="soft">{say("people.no-roles")}</span>
  return (
    <ul className="plain-list stack">
      {person.grants.map((grant) => {
        const role = say(`role.${grant.role}`)
        const words = { role, name: person.name }
        return (
          <li key={grant.grantId} className="row">
            <span>{say("people.in", { role, entity: grant.entityName ?? say("people.everywhere") })}</span>
            {grant.bound ? <span className="soft small">{grant.bound}</span> : null}
            {grant.state === "waiting" || grant.state === "unconfirmed" ? (
              <StatusTag tone="warn">{say(`grant.${grant.state}`)}</StatusTag>
            ) : null}
            {grant.mayConfirm ? (
              <Act
                action="/api/v1/grants/confirm"
                name="grantId"
                value={grant.grantId}
                says="people.confirm"
                label={say("people.confirm-for", words)}
              />
            ) : null}
            <Act
              action="/api/v1/grants/revoke"
              name="grantId"
              value={grant.grantId}
              says="people.revoke"
              label={say("people.revoke-for", words)}
            />
          </li>
        )
      })}
    </ul>
  )
}

function Acts({ person, entities }: { person: PersonView; entities: readonly EntityChoice[] }) {
  if (person.state === "disabled") return null
  const words = { name: person.name }
  return (
    <div className="stack">
      <form className="row" method="post" action="/api/v1/grants" aria-label={say("people.give-to", words)}>
        <input type="hidden" name="personId" value={person.id} />
        <select name="role" aria-label={say("people.role-for", words)}>
          {ROLES.filter((role) => role !== "supervisor").map((role) => (
            <option key={role} value={role}>
              {say(`role.${role}`)}
            </option>
          ))}
        </select>
        <select name="entityId" aria-label={say("people.entity-for", words)}>
          <option value="">{say("people.everywhere")}</option>
          {entities.map((entity) => (
            <option key={entity.id} value={entity.id}>
              {entity.name}
            </option>
          ))}
        </select>
        <button className="compact" type="submit">
          {say("people.give")}
        </button>
      </form>
      <p>
        <Link href={`/admin/people/visit?person=${person.id}`} prefetch={false} aria-label={say("visit.way-of", words)}>
          {say("bound.more")}
        </Link>
      </p>
      <div className="row">
        <Act
          action="/api/v1/people/reset"
          name="person"
          value={person.id}
          says="people.reset"
          label={say("people.reset-for", words)}
        />
        <Act
          action="/api/v1/people/disable"
          name="person"
          value={person.id}
          says="people.disable"
          label={say("people.disable-for", words)}
        />
      </div>
    </div>
  )
}

function Act({
  action,
  name,
  value,
  says,
  label,
}: {
  action: string
  name: string
  value: string
  says: string
  label: string
}) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name={name} value={value} />
      <button className="compact" type="submit" aria-label={label}>
        {say(says)}
      </button>
    </form>
  )
}
