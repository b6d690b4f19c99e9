import { say } from "@/components/words/catalogue"

type Taking = {
  recordId: string
  /** What tells two forms of one record apart. */
  id: string
  clause: string
  /** How the record and the clause are called in the names of the forms. */
  title: string
  says?: string
  ownerId: string | null
  me: string
  today: string
}

/** Takes what nobody sees to, by a day, or lays down what is one's own. Works without script. */
export function TakeForms({ recordId, id, clause, title, says = clause, ownerId, me, today }: Taking) {
  const about = { clause: says, title }
  const field = `due-${recordId}-${id}`
  if (ownerId === me)
    return (
      <form method="post" action="/api/v1/gaps">
        <input type="hidden" name="recordId" value={recordId} />
        <input type="hidden" name="clause" value={clause} />
        <button className="compact" type="submit" aria-label={say("gap.lay-down-of", about)}>
          {say("gap.lay-down")}
        </button>
      </form>
    )
  if (ownerId !== null) return null
  return (
    <details className="menu">
      <summary className="button compact">{say("gap.take")}</summary>
      <form className="menu-body row end" method="post" action="/api/v1/gaps" aria-label={say("gap.take-of", about)}>
        <input type="hidden" name="recordId" value={recordId} />
        <input type="hidden" name="clause" value={clause} />
        <input type="hidden" name="ownerId" value={me} />
        <div className="field">
          <label htmlFor={field}>{say("gap.take-by")}</label>
          <input id={field} name="dueOn" type="date" min={today} required />
        </div>
        <button type="submit">{say("gap.take-go")}</button>
      </form>
    </details>
  )
}
