import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { COUNTRIES } from "@/domain/core/countries.data"
import { countryName } from "@/domain/core/country-name"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import type { ScenarioKind } from "@/domain/whatif/scenario"

export type Choice = { id: string; label: string }
type Said = (name: string) => string

const LANDS = COUNTRIES.map(([code]) => ({ value: code, label: countryName(code) })).sort((a, b) =>
  a.label.localeCompare(b.label, "en"),
)
/** Laws that know decisions of adequacy. */
const ADEQUATE = ["EU", "UK", "CH"].map((value) => ({ value, label: value }))

/** The kind of record that a scenario is about; null for the law and for purposes. */
export function subjectKind(kind: ScenarioKind): "party" | "agreement" | "consent" | null {
  if (kind === "agreement-ends" || kind === "agreement-not-renewed") return "agreement"
  if (kind === "consent-withdrawn") return "consent"
  return kind.startsWith("party-") || kind === "leaves-group" ? "party" : null
}

/** Finds the record that is meant, by its name: a form of its own, so that it needs no script. */
export function SubjectSearch({ kind, q }: { kind: ScenarioKind; q: string }) {
  return (
    <form className="row" action="/what-if" role="search">
      <input type="hidden" name="kind" value={kind} />
      <TextField name="q" type="search" label={say("whatif.find")} value={q} />
      <button type="submit">{say("whatif.find-button")}</button>
    </form>
  )
}

/** What is supposed, of one kind: which record or country, and from which day. */
export function ScenarioForm({ kind, choices, said }: { kind: ScenarioKind; choices: Choice[] | null; said: Said }) {
  return (
    <form className="stack" method="post" action="/api/v1/what-if">
      <input type="hidden" name="kind" value={kind} />
      {choices ? <Subjects kind={kind} choices={choices} chosen={said("subject")} /> : <Law kind={kind} said={said} />}
      {kind === "party-moves" ? (
        <>
          <SelectField name="from" label={say("whatif.from")} options={LANDS} value={said("from") || "IE"} />
          <SelectField name="to" label={say("whatif.to")} options={LANDS} value={said("to") || "US"} />
        </>
      ) : null}
      <DayField label={say(kind === "agreement-not-renewed" ? "whatif.on-last" : "whatif.on")} value={said("on")} />
      <div>
        <button className="primary" type="submit">
          {say("whatif.show")}
        </button>
      </div>
    </form>
  )
}

function DayField({ label, value }: { label: string; value: string }) {
  return (
    <div className="field">
      <label htmlFor="on">{label}</label>
      <input id="on" type="date" name="on" defaultValue={value} required />
    </div>
  )
}

function Subjects({ kind, choices, chosen }: { kind: ScenarioKind; choices: readonly Choice[]; chosen: string }) {
  if (choices.length === 0) return <p className="soft">{say("whatif.found-none")}</p>
  return (
    <fieldset>
      <legend>{say(`whatif.which.${subjectKind(kind) ?? ""}`)}</legend>
      <div className="choices">
        {choices.map((choice) => (
          <label className="choice" key={choice.id}>
            <input type="radio" name="subject" value={choice.id} defaultChecked={choice.id === chosen} required />
            {choice.label}
          </label>
        ))}
      </div>
      {choices.length >= 20 ? <p className="soft small">{say("whatif.found-more")}</p> : null}
    </fieldset>
  )
}

function Law({ kind, said }: { kind: ScenarioKind; said: Said }) {
  if (kind === "purpose-withdrawn") {
    const options = PURPOSES.map((term) => ({ value: term.code, label: term.label }))
    return <SelectField name="subject" label={say("whatif.purpose")} options={options} value={said("subject")} />
  }
  if (kind === "pack-next")
    return (
      <TextArea
        name="pack"
        label={say("whatif.pack")}
        help={say("whatif.pack-help")}
        value={said("pack")}
        rows={14}
        required
      />
    )
  return (
    <>
      <SelectField name="subject" label={say("whatif.country")} options={LANDS} value={said("subject") || "US"} />
      <SelectField name="regime" label={say("whatif.regime")} options={ADEQUATE} value={said("regime") || "EU"} />
    </>
  )
}
