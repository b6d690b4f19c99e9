import { Choices, SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { DayField } from "./day-field"

export type Typed = Record<string, string | string[] | undefined>

export type HeadProps = {
  companies: readonly { id: string; name: string }[]
  people: readonly { id: string; name: string }[]
  typed: Typed
  wrong: ReadonlyMap<string, string>
  /** Folded away: then the browser could not show what it finds missing, and the register says it. */
  folded?: boolean
}

const textOf = (value: Typed[string]): string => (typeof value === "string" ? value : "")

/** Who asks which companies, by when, as of which instant, and who sees to the answers. */
export function HeadFields({ companies, people, typed, wrong, folded = false }: HeadProps) {
  const of = (name: string) => ({ name, value: textOf(typed[name]), error: wrong.get(name) ?? null })
  return (
    <>
      <TextField {...of("authority")} label={say("inquiry.authority")} required={!folded} />
      <TextField {...of("reference")} label={say("inquiry.reference")} optional />
      <div className="inquiry-days">
        <DayField {...of("receivedOn")} label={say("inquiry.received")} required={!folded} />
        <DayField {...of("dueOn")} label={say("inquiry.due")} />
      </div>
      <Choices
        name="entityIds"
        label={say("inquiry.companies")}
        options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={companies.length === 1 ? companies.map(({ id }) => id) : [typed.entityIds ?? []].flat()}
        error={wrong.get("entityIds") ?? null}
      />
      <TextField {...of("instant")} label={say("inquiry.instant")} help={say("inquiry.instant-help")} optional />
      <SelectField
        {...of("responsible")}
        label={say("inquiry.responsible")}
        options={[
          { value: "", label: say("inquiry.responsible-me") },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  )
}
