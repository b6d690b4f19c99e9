import { Choices, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { SUBJECTS } from "@/domain/vocabulary/subjects"

export type About = {
  title: string
  effectiveFrom: string
  entities: readonly string[]
  products: readonly string[]
  subjects: readonly string[]
}

/** Name, first day and scope of a text. What nobody chose is not limited. */
export function AboutFields({
  about,
  names,
  wrong,
}: {
  about: About
  names: Readonly<Record<string, string>>
  wrong: ReadonlyMap<string, string>
}) {
  const error = (name: string): string | null => wrong.get(name) ?? null
  return (
    <>
      <TextField name="title" label={say("own.field.title")} value={about.title} error={error("title")} required />
      <DayField
        label={say("own.field.from")}
        help={say("own.field.from-help")}
        value={about.effectiveFrom}
        error={error("effectiveFrom")}
      />
      <Choices
        name="entities"
        label={say("own.field.entities")}
        help={say("own.field.entities-help")}
        options={Object.entries(names).map(([value, label]) => ({ value, label }))}
        chosen={about.entities}
        error={error("entities")}
      />
      <TextArea
        name="products"
        label={say("own.field.products")}
        help={say("own.field.products-help")}
        value={about.products.join("\n")}
        rows={2}
        error={error("products")}
      />
      <Choices
        name="subjects"
        label={say("own.field.subjects")}
        help={say("own.field.subjects-help")}
        options={SUBJECTS.map(({ code, label }) => ({ value: code, label }))}
        chosen={about.subjects}
        error={error("subjects")}
      />
    </>
  )
}

/** The day from which a text counts, or no longer does. */
export function DayField({
  label,
  help,
  value,
  error,
}: {
  label: string
  help: string
  value: string
  error: string | null
}) {
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor="effectiveFrom">{label}</label>
      <span className="help" id="effectiveFrom-help">
        {help}
      </span>
      <input
        id="effectiveFrom"
        name="effectiveFrom"
        type="date"
        defaultValue={value}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "effectiveFrom-help effectiveFrom-error" : "effectiveFrom-help"}
      />
      {error ? (
        <span className="error" id="effectiveFrom-error">
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}
