import { Choices, SelectField, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { TEMPLATE_FIELDS } from "@/domain/templates/fields"
import type { Template } from "@/domain/templates/template"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

const WORDS = ["signedFor", "name", "capacity", "day", "signature", "none", "open"] as const

/** Where counsel writes a template, or its next version; how it is written stands beneath. */
export function TemplateEditor(props: {
  id: string | null
  was: Template
  companies: readonly { id: string; name: string }[]
  wrong: (name: string) => string | null
}) {
  const { id, was, companies, wrong } = props
  return (
    <>
      <form className="card stack" method="post" action="/api/v1/templates">
        {id ? <input type="hidden" name="id" value={id} /> : null}
        {id ? <input type="hidden" name="kind" value={was.kind} /> : null}
        {id ? null : (
          <SelectField
            {...{ name: "kind", label: say("template.kind"), value: was.kind, error: wrong("kind") }}
            options={AGREEMENT_KINDS.map(({ code, label }) => ({ value: code, label }))}
          />
        )}
        <TextField
          {...{ name: "title", label: say("template.name"), value: was.title, required: true, error: wrong("title") }}
        />
        <TextArea
          {...{ name: "text", label: say("template.text"), help: say("template.text-help"), rows: 24, required: true }}
          {...{ value: was.text, error: wrong("text") }}
        />
        <TextField
          {...{ name: "language", label: say("template.language"), help: say("template.language-help") }}
          {...{ value: was.language, error: wrong("language") }}
        />
        <Choices
          {...{ name: "entityIds", label: say("template.companies"), help: say("template.companies-help") }}
          options={companies.map((one) => ({ value: one.id, label: one.name }))}
          chosen={was.entityIds}
          error={wrong("entityIds")}
        />
        <details>
          <summary className="more">{say("template.words")}</summary>
          <div className="stack">
            {WORDS.map((word) => (
              <TextField
                key={word}
                {...{ name: `word.${word}`, label: say(`template.word.${word}`), value: was.words[word] }}
              />
            ))}
          </div>
        </details>
        {id ? (
          <label className="choice">
            <input type="checkbox" name="retired" value="yes" defaultChecked={was.retired} /> {say("template.retired")}
          </label>
        ) : null}
        <div>
          <button className="primary" type="submit">
            {say("template.propose")}
          </button>
        </div>
      </form>
      <HowWritten kind={id ? was.kind : null} />
    </>
  )
}

/** How a template is written: its signs, every field, and the clauses that a line may be named as. */
function HowWritten({ kind }: { kind: string | null }) {
  return (
    <section className="card stack" aria-labelledby="how">
      <h2 id="how">{say("template.how")}</h2>
      <ul>
        {(["heading", "clause", "item", "field", "named"] as const).map((one) => (
          <li key={one}>{say(`template.how.${one}`)}</li>
        ))}
      </ul>
      <details>
        <summary className="more">{say("template.fields")}</summary>
        <ul className="plain-list">
          {TEMPLATE_FIELDS.map(({ name, list }) => (
            <li key={name}>
              <code>{`{${name}}`}</code> {say(`template.field.${name}`)}
              {list ? ` (${say("template.field-list")})` : ""}
            </li>
          ))}
        </ul>
      </details>
      {AGREEMENT_KINDS.filter(({ code }) => kind === null || code === kind).map(({ code, label }) => (
        <details key={code}>
          <summary className="more">
            {say("template.clauses")}: {label}
          </summary>
          <ul className="plain-list">
            {(CHECKLISTS[code] ?? []).map(({ item, meaning }) => (
              <li key={item}>
                <code>{`[${item}]`}</code> {meaning}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
