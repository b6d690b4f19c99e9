import { SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

type Named = { entityId: string; personId: string; name: string; days: number }

/** Who hears of what is overdue, company by company. */
export function EscalationForm({
  named,
  people,
  companies,
  typed,
}: {
  named: readonly Named[]
  people: readonly { id: string; name: string }[]
  companies: readonly { id: string; name: string }[]
  /** What was typed before it was refused. */
  typed: Record<string, string | string[]> | null
}) {
  const nameOf = (id: string): string => companies.find((one) => one.id === id)?.name ?? id
  return (
    <section className="card stack" aria-labelledby="escalation">
      <h2 id="escalation">{say("escalation.title")}</h2>
      <p className="soft">{say("escalation.lede")}</p>
      {named.length ? (
        <ul>
          {named.map((one) => (
            <li key={one.entityId}>
              {say("escalation.line", { company: nameOf(one.entityId), name: one.name, n: one.days })}
            </li>
          ))}
        </ul>
      ) : null}
      <form className="stack" method="post" action="/api/v1/escalations">
        <div className="form-grid">
          <SelectField
            name="entityId"
            label={say("escalation.company")}
            value={String(typed?.entityId ?? companies[0]?.id ?? "")}
            options={companies.map((one) => ({ value: one.id, label: one.name }))}
          />
          <SelectField
            name="personId"
            label={say("escalation.person")}
            value={String(typed?.personId ?? "")}
            options={[
              { value: "", label: say("escalation.nobody") },
              ...people.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        </div>
        <TextField
          name="days"
          type="number"
          label={say("escalation.days")}
          value={String(typed?.days ?? "7")}
          required
        />
        <div>
          <button type="submit">{say("escalation.save")}</button>
        </div>
      </form>
    </section>
  )
}
