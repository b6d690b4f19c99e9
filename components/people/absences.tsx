import Link from "next/link"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Conflict = { requestId: string; no: number; title: string; says: string }
export type AbsenceView = {
  absenceId: string
  fromOn: string
  toOn: string | null
  delegates: readonly {
    delegationId: string
    role: string
    entityName: string | null
    name: string
    conflicts: readonly Conflict[]
  }[]
}

/** The days of an absence in words. */
export function spanWords({ fromOn, toOn }: { fromOn: string; toOn: string | null }): string {
  const from = dayWords(fromOn)
  return toOn === null ? say("away.span-open", { from }) : say("away.span", { from, to: dayWords(toOn) })
}

/** When one is away, who stands in, what those cannot decide, and the way back. */
export function Absences({ absences, today }: { absences: readonly AbsenceView[]; today: string }) {
  if (absences.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="absences">
      <h2 id="absences">{say("away.now")}</h2>
      <ul className="stack">
        {absences.map((absence) => (
          <li key={absence.absenceId} className="stack">
            <strong>{spanWords(absence)}</strong>
            {absence.delegates.length === 0 ? <p>{say("away.line-none")}</p> : null}
            {absence.delegates.map((one) => (
              <div key={one.delegationId}>
                <p>
                  {say("away.line", {
                    name: one.name,
                    role: say(`role.${one.role}`),
                    entity:
                      one.entityName === null ? say("away.everywhere") : say("away.in", { entity: one.entityName }),
                  })}
                </p>
                <Cannot name={one.name} conflicts={one.conflicts} />
              </div>
            ))}
            <form method="post" action="/api/v1/account/away/end">
              <input type="hidden" name="absenceId" value={absence.absenceId} />
              <button type="submit">{say(absence.fromOn <= today ? "away.back" : "away.cancel")}</button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Cannot({ name, conflicts }: { name: string; conflicts: readonly Conflict[] }) {
  if (conflicts.length === 0) return <p className="soft small">{say("away.no-conflicts", { name })}</p>
  return (
    <div className="notice warn">
      <p>{say("away.conflicts", { name })}</p>
      <ul>
        {conflicts.map((one) => (
          <li key={one.requestId}>
            <Link className="tall" href={`/requests/${one.requestId}`} prefetch={false}>
              R-{one.no} {one.title}
            </Link>
            : {say(one.says)}
          </li>
        ))}
      </ul>
    </div>
  )
}
