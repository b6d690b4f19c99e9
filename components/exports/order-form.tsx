import { Choices, TextArea, TextField } from "@/components/ui/field"
import { MainlandFields } from "./mainland-fields"
import { say } from "@/components/words/catalogue"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { MODES } from "@/domain/vocabulary/sharings"

type Typed = Record<string, string | string[] | undefined>

const listOf = (value: Typed[string]): string[] => (Array.isArray(value) ? value : value ? [value] : [])
const textOf = (value: Typed[string]): string => (Array.isArray(value) ? value.join(" ") : (value ?? ""))

/** Asks for a package: of when, of what, with which files. Everything but the button may be left as it is. */
export function OrderForm(props: {
  entities: readonly { id: string; name: string }[]
  typed: Typed
  wrong: ReadonlyMap<string, string>
  /** Companies of ours in the Chinese mainland, by name. */
  mainland: readonly string[]
  visits: boolean
}) {
  const { entities, typed } = props
  const wrong = (name: string): string | null => props.wrong.get(name) ?? null
  const scoped = ["entities", "kinds", "modes", "parties", "countries", "from", "until"]
  const open = (names: readonly string[]): boolean =>
    names.some((name) => listOf(typed[name]).length > 0 || wrong(name) !== null || wrong(`scope.${name}`) !== null)
  return (
    <form className="card stack" method="post" action="/api/v1/exports">
      <h2>{say("exports.ask")}</h2>
      <Day
        name="asOf"
        help={say("exports.as-of-help")}
        label={say("exports.as-of")}
        typed={typed}
        error={wrong("asOf")}
      />
      <details open={open(scoped)}>
        <summary>{say("exports.narrow")}</summary>
        <div className="stack">
          <p className="soft small">{say("exports.narrow-help")}</p>
          {entities.length > 1 ? (
            <Choices
              name="entities"
              label={say("exports.entities")}
              options={entities.map(({ id, name }) => ({ value: id, label: name }))}
              chosen={listOf(typed.entities)}
              error={wrong("scope.entities")}
            />
          ) : null}
          <Choices
            name="kinds"
            label={say("exports.kinds")}
            options={["entity", ...RECORD_KINDS].map((kind) => ({ value: kind, label: say(`kind.${kind}`) }))}
            chosen={listOf(typed.kinds)}
            error={wrong("scope.kinds")}
          />
          <Choices
            name="modes"
            label={say("exports.modes")}
            options={MODES.map(({ code, label }) => ({ value: code, label }))}
            chosen={listOf(typed.modes)}
            error={wrong("scope.modes")}
          />
          <TextField
            name="parties"
            label={say("exports.parties")}
            help={say("exports.parties-help")}
            value={textOf(typed.parties)}
            error={wrong("scope.parties")}
          />
          <TextField
            name="countries"
            label={say("exports.countries")}
            help={say("exports.countries-help")}
            value={textOf(typed.countries)}
            error={wrong("scope.countries")}
          />
          <Day name="from" label={say("exports.from")} typed={typed} error={wrong("scope.from")} />
          <Day name="until" label={say("exports.until")} typed={typed} error={wrong("scope.until")} />
        </div>
      </details>
      <fieldset>
        <legend>{say("exports.files")}</legend>
        <div className="choices">
          {["none", "all", "chosen"].map((choice) => (
            <label className="choice" key={choice}>
              <input
                type="radio"
                name="files"
                value={choice}
                defaultChecked={(textOf(typed.files) || "none") === choice}
              />
              {say(`exports.files.${choice}`)}
            </label>
          ))}
        </div>
        <details open={open(["chosen", "files"]) && textOf(typed.files) === "chosen"}>
          <summary>{say("exports.hashes")}</summary>
          <TextArea
            name="chosen"
            label={say("exports.chosen")}
            value={textOf(typed.chosen)}
            error={wrong("files")}
            rows={2}
          />
        </details>
      </fieldset>
      <details open={open(["redactions"])}>
        <summary>{say("exports.leave-out")}</summary>
        <TextArea
          name="redactions"
          label={say("exports.redactions")}
          help={say("exports.redactions-help")}
          value={textOf(typed.redactions)}
          error={wrong("redactions")}
        />
      </details>
      <MainlandFields typed={typed} wrong={wrong} asked={props.mainland} visits={props.visits} />
      <div>
        <button className="primary" type="submit">
          {say("exports.go")}
        </button>
      </div>
    </form>
  )
}

function Day(props: { name: string; label: string; help?: string; typed: Typed; error: string | null }) {
  const { name, label, help, typed, error } = props
  const told = [help ? `${name}-help` : "", error ? `${name}-error` : ""].filter(Boolean).join(" ") || undefined
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={name}>{label}</label>
      {help ? (
        <span className="help" id={`${name}-help`}>
          {help}
        </span>
      ) : null}
      <input id={name} name={name} type="date" defaultValue={textOf(typed[name])} aria-describedby={told} />
      {error ? (
        <span className="error" id={`${name}-error`}>
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}
