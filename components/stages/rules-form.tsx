import { Choices, SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { ROWS } from "@/domain/requests/stage-rows"
import { STAGES } from "@/domain/requests/stage-rules"

/** What stands in the fields: what was typed, else what holds. */
export type FormRules = {
  rows: Record<string, readonly string[]>
  days: Record<string, string>
  waves: Record<string, string>
  persons: Record<string, readonly string[]>
}

const STAGE_OPTIONS = STAGES.map((stage) => ({ value: stage, label: say(`stage.${stage}`) }))
const TURNS = STAGES.map((_, i) => ({ value: String(i + 1), label: String(i + 1) }))

/** Other rules for every company or one: first what they would change is shown, with all of it in the address. */
export function RulesForm({
  was,
  company,
  sitters,
}: {
  was: FormRules
  company: { id: string; name: string } | null
  /** Who may be named for each stage of the company. */
  sitters: Record<string, readonly { id: string; name: string }[]>
}) {
  return (
    <section className="card stack" aria-labelledby="propose">
      <h2 id="propose">
        {company ? say("stages.propose-title-of", { company: company.name }) : say("stages.propose-title")}
      </h2>
      <form className="stack" action="/admin/stages#tried">
        <input type="hidden" name="company" value={company?.id ?? ""} />
        {ROWS.map((id) => (
          <Choices
            key={id}
            name={`row.${id}`}
            label={say(`stages.row.${id}`)}
            options={STAGE_OPTIONS}
            chosen={was.rows[id] ?? []}
          />
        ))}
        <p className="soft small">{say("stages.wave-help")}</p>
        {STAGES.map((stage) => (
          <fieldset key={stage} className="stack">
            <legend>{say(`stage.${stage}`)}</legend>
            <div className="form-grid">
              <TextField
                name={`days.${stage}`}
                type="number"
                label={say("stages.days")}
                value={was.days[stage] ?? ""}
                required
              />
              <SelectField
                name={`wave.${stage}`}
                label={say("stages.wave")}
                value={was.waves[stage] ?? "1"}
                options={TURNS}
              />
            </div>
            {company && sitters[stage]?.length ? (
              <Choices
                name={`person.${stage}`}
                label={say("stages.persons")}
                options={sitters[stage].map((one) => ({ value: one.id, label: one.name }))}
                chosen={was.persons[stage] ?? []}
              />
            ) : null}
          </fieldset>
        ))}
        <div>
          <button className="primary" type="submit" name="try" value="yes">
            {say("stages.try")}
          </button>
        </div>
      </form>
    </section>
  )
}
