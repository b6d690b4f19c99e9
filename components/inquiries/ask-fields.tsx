import { Choices, SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { DATA_CHOICES } from "@/components/answers/recipients-form"
import { FOUND_SEVERITIES } from "@/domain/inquiries/query"
import { ASKED_LISTS, ASKS, type AskFields as Asked } from "@/domain/inquiries/query-form"
import { SUBJECTS } from "@/domain/vocabulary/subjects"

/**
 * What the register is asked for an answer: nothing, a list by its address, or one of three small questions. Without script each way's
 * fields stand open once it is chosen, by the style alone.
 */
export function AskFields(props: {
  asked: Asked
  companies: readonly { id: string; name: string }[]
  error: string | null
}) {
  const { asked, companies, error } = props
  const options = companies.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <fieldset className="ask stack" data-wrong={error ? "" : undefined} aria-describedby="ask-help">
      <legend>{say("inquiry.ask")}</legend>
      <p className="soft small" id="ask-help">
        {say("inquiry.ask-help")}
      </p>
      {error ? <p className="error">{say(error)}</p> : null}
      {ASKS.map((ask) => (
        <label className="choice" key={ask}>
          <input type="radio" name="ask" value={ask} defaultChecked={asked.ask === ask} />
          {say(`inquiry.ask.${ask || "none"}`)}
        </label>
      ))}
      <div className="ask-part" data-ask="address">
        <TextField
          name="address"
          label={say("inquiry.address")}
          help={say("inquiry.address-help")}
          value={asked.address}
        />
      </div>
      <div className="ask-part" data-ask="table">
        <SelectField
          name="list"
          label={say("inquiry.list")}
          value={asked.list}
          options={ASKED_LISTS.map((list) => ({ value: list, label: say(`inquiry.list.${list}`) }))}
        />
        <TextField name="q" label={say("inquiry.q")} value={asked.q} optional />
      </div>
      <div className="ask-part" data-ask="recipients">
        <Choices
          name="data"
          label={say("recipients.data")}
          help={say("recipients.data-help")}
          options={DATA_CHOICES}
          chosen={asked.data}
        />
        <Choices
          name="people"
          label={say("recipients.people")}
          options={SUBJECTS.map(({ code, label }) => ({ value: code, label }))}
          chosen={asked.people}
        />
        {options.length > 1 ? (
          <Choices name="entities" label={say("recipients.companies")} options={options} chosen={asked.entities} />
        ) : null}
        <TextField
          name="countries"
          label={say("recipients.country")}
          help={say("recipients.country-help")}
          value={asked.countries}
        />
      </div>
      <div className="ask-part" data-ask="findings">
        <SelectField
          name="severity"
          label={say("inquiry.severity")}
          value={asked.severity}
          options={FOUND_SEVERITIES.map((value) => ({ value, label: say(`severity.${value}`) }))}
        />
        <TextField
          name="clauses"
          label={say("inquiry.clauses")}
          help={say("inquiry.clauses-help")}
          value={asked.clauses}
        />
        {options.length > 1 ? (
          <Choices
            name="foundEntities"
            label={say("inquiry.entities")}
            help={say("inquiry.entities-help")}
            options={options}
            chosen={asked.foundEntities}
          />
        ) : null}
      </div>
    </fieldset>
  )
}
