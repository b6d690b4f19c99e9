import Link from "next/link"
import { Choices, SelectField, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { COUNTRIES } from "@/domain/core/countries.data"
import { paramsOf, TEMPLATES, type ParamKind, type Template } from "@/domain/packs/templates"
import type { Term } from "@/domain/vocabulary/term"

type Said = (name: string) => readonly string[]
type Wrong = ReadonlyMap<string, string>

const SEVERITIES = ["blocking", "warning", "advice"] as const

/** How grave a clause is: it blocks an approval, warns, or advises. */
export function SeverityField({ id, value }: { id: string; value: string }) {
  return (
    <SelectField
      name="severity"
      id={id}
      label={say("own.part.severity")}
      value={value}
      options={SEVERITIES.map((one) => ({ value: one, label: say(`severity.${one}`) }))}
    />
  )
}

/** A clause of our own: first what is promised, then its parameters, each from a closed list. */
export function MakeClause(props: { action: string; at: string; template: string; said: Said; wrong: Wrong }) {
  const chosen = TEMPLATES.find((one) => one.name === props.template)
  return (
    <section className="card stack" aria-labelledby="make">
      <h2 id="make">{say("own.make")}</h2>
      <p className="soft">{say("own.make-help")}</p>
      <ul className="plain-list row">
        {TEMPLATES.map((one) => (
          <li key={one.name}>
            <Link
              className="button compact"
              href={`${props.at}?template=${one.name}#make`}
              aria-current={one === chosen ? "true" : undefined}
              prefetch={false}
            >
              {say(`own.template.${one.name}`)}
            </Link>
          </li>
        ))}
      </ul>
      {chosen ? <TemplateForm {...props} chosen={chosen} /> : null}
    </section>
  )
}

function TemplateForm({ action, chosen, said, wrong }: { action: string; chosen: Template; said: Said; wrong: Wrong }) {
  const one = (name: string): string => said(name)[0] ?? ""
  const sentence = chosen.sentence.replace(/\{(\w+)\}/g, (_all, name: string) => `[${say(`own.param.${name}`)}]`)
  return (
    <form className="stack" method="post" action={action} aria-labelledby="make-title">
      <h3 id="make-title">{say(`own.template.${chosen.name}`)}</h3>
      <p>{sentence}</p>
      <input type="hidden" name="do" value="make" />
      <input type="hidden" name="template" value={chosen.name} />
      {paramsOf(chosen).map(({ name, kind, terms }) => (
        <Param key={name} {...{ name, kind, terms }} said={said} error={wrong.get(`given.${name}`) ?? null} />
      ))}
      <TextField
        id="make.title"
        name="title"
        label={say("own.part.title")}
        value={one("title")}
        error={wrong.get("title") ?? null}
        required
      />
      <TextArea
        id="make.duty"
        name="duty"
        label={say("own.part.duty")}
        help={say("own.duty-help")}
        value={one("duty")}
        rows={2}
      />
      <TextArea
        id="make.remedy"
        name="remedy"
        label={say("own.part.remedy")}
        value={one("remedy")}
        rows={2}
        error={wrong.get("remedy") ?? null}
        required
      />
      <SeverityField id="make.severity" value={one("severity") || "warning"} />
      <div>
        <button className="primary" type="submit">
          {say("own.make-go")}
        </button>
      </div>
    </form>
  )
}

function Param(props: { name: string; kind: ParamKind; terms: readonly Term[]; said: Said; error: string | null }) {
  const { name, kind, terms, said, error } = props
  const field = `given.${name}`
  const id = `make.${field}`
  const label = say(`own.param.${name}`)
  const options = terms.map((term) => ({ value: term.code, label: term.label }))
  if (kind === "number")
    return (
      <TextField id={id} name={field} label={label} type="number" value={said(field)[0] ?? ""} error={error} required />
    )
  if (kind === "one")
    return (
      <SelectField id={id} name={field} label={label} value={said(field)[0] ?? ""} options={options} error={error} />
    )
  if (kind === "many")
    return <Choices id={id} name={field} label={label} options={options} chosen={said(field)} error={error} />
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={id}>{label}</label>
      <span className="help" id={`${id}-help`}>
        {say("own.param.countries-help")}
      </span>
      <select
        id={id}
        name={field}
        multiple
        size={6}
        defaultValue={[...said(field)]}
        aria-describedby={error ? `${id}-help ${id}-error` : `${id}-help`}
        aria-invalid={error ? true : undefined}
      >
        {COUNTRY_OPTIONS.map(({ value, label: country }) => (
          <option key={value} value={value}>
            {country}
          </option>
        ))}
      </select>
      {error ? (
        <span className="error" id={`${id}-error`}>
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}

const COUNTRY_OPTIONS = COUNTRIES.map(([code]) => ({ value: code, label: countryName(code) })).sort((a, b) =>
  a.label < b.label ? -1 : 1,
)
