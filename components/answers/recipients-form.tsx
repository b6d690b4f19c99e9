import { Choices, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { FAMILIES, familyOf } from "@/domain/answers/data-families"
import type { RecipientsQuery } from "@/domain/answers/recipients"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { SUBJECTS } from "@/domain/vocabulary/subjects"

/** Kinds of data to choose from, each family before its kinds. */
export const DATA_CHOICES = FAMILIES.flatMap((family) => {
  const kinds = DATA_KINDS.filter(({ code }) => familyOf(code) === family).map(({ code, label }) => ({
    value: code as string,
    label: label as string,
  }))
  const all = { value: `${family}.*`, label: say("recipients.group", { group: say(`family.${family}`) }) }
  return kinds.length > 1 ? [all, ...kinds] : kinds
})

/** The question: kinds of data, kinds of people, countries, companies of ours. Works without script. */
export function RecipientsForm(props: {
  query: RecipientsQuery
  entities: Readonly<Record<string, string>>
  keep: readonly (readonly [string, string])[]
}) {
  const { query, entities, keep } = props
  const companies = Object.entries(entities).map(([value, label]) => ({ value, label }))
  const asks = [query.data, query.people, query.countries, query.entities].some((list) => list.length > 0)
  return (
    <details className="card no-print" open={!asks}>
      <summary className="more">{say("recipients.question")}</summary>
      <form className="stack" action="/audit/answers/recipients">
        <Choices
          name="data"
          label={say("recipients.data")}
          help={say("recipients.data-help")}
          options={DATA_CHOICES}
          chosen={query.data}
        />
        <Choices
          name="people"
          label={say("recipients.people")}
          options={SUBJECTS.map(({ code, label }) => ({ value: code, label }))}
          chosen={query.people}
        />
        {companies.length > 1 ? (
          <Choices name="entity" label={say("recipients.companies")} options={companies} chosen={query.entities} />
        ) : null}
        <TextField
          name="country"
          label={say("recipients.country")}
          help={say("recipients.country-help")}
          value={query.countries.join(", ")}
        />
        {keep.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div>
          <button className="primary" type="submit">
            {say("answers.ask")}
          </button>
        </div>
      </form>
    </details>
  )
}
