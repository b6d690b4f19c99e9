import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

/** What a form sends as what is supposed: the scenario itself, or the run in which it was worked out. */
export type Supposed = { scenario: string } | { runId: string } | { scenarioId: string }

function Hidden({ supposed }: { supposed: Supposed }) {
  const [[name, value] = ["", ""]] = Object.entries(supposed) as [string, string][]
  return <input type="hidden" name={name} value={value} />
}

/** From the result to drafts: one for each company or party, proposing to put the sharings right or to end them. */
export function DraftForm({ supposed, title }: { supposed: Supposed; title: string }) {
  return (
    <form className="card stack" method="post" action="/api/v1/what-if/drafts" aria-labelledby="draft">
      <h2 id="draft">{say("whatif.draft")}</h2>
      <p className="soft">{say("whatif.draft-help")}</p>
      <Hidden supposed={supposed} />
      <input type="hidden" name="title" value={title} />
      <Radios name="by" legend={say("whatif.draft-by")} options={["entity", "party"]} />
      <Radios name="way" legend={say("whatif.draft-way")} options={["mend", "end"]} />
      <div>
        <button className="primary" type="submit">
          {say("whatif.draft-button")}
        </button>
      </div>
    </form>
  )
}

function Radios({ name, legend, options }: { name: string; legend: string; options: readonly string[] }) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="choices">
        {options.map((option, i) => (
          <label className="choice" key={option}>
            <input type="radio" name={name} value={option} defaultChecked={i === 0} />
            {say(`whatif.draft-${name}.${option}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Keeps what is supposed under a name. */
export function SaveForm({ supposed, title }: { supposed: Supposed; title: string }) {
  return (
    <form className="card stack" method="post" action="/api/v1/what-if/saved" aria-labelledby="save">
      <h2 id="save">{say("whatif.save")}</h2>
      <p className="soft">{say("whatif.save-help")}</p>
      <Hidden supposed={supposed} />
      <TextField name="title" label={say("whatif.save-title")} value={title} required />
      <div>
        <button type="submit">{say("whatif.save-button")}</button>
      </div>
    </form>
  )
}

/** Has a scenario worked out in the background. */
export function WorkOutForm({ supposed }: { supposed: Supposed }) {
  return (
    <form method="post" action="/api/v1/what-if">
      <Hidden supposed={supposed} />
      <button className="primary" type="submit">
        {say("whatif.large-button")}
      </button>
    </form>
  )
}
