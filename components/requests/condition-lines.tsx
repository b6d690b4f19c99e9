import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

const LINES = [1, 2, 3] as const

/** What a yes asks for besides: each line says what, who and by when. Lines without words are none. */
export function ConditionLines(props: {
  stage: { stage: string; entityId: string; seat: "decides" | "advises" }
  owners: readonly { id: string; name: string }[]
  /** What was typed before the form was refused. */
  typed: Readonly<Record<string, string | string[]>>
}) {
  const held = (name: string, n: number): string => [props.typed[name] ?? []].flat()[n - 1] ?? ""
  const began = LINES.some((n) => held("conditionWords", n) !== "")
  const key = `${props.stage.stage}-${props.stage.entityId}`
  const options = [
    { value: "", label: say("conditions.nobody") },
    ...props.owners.map((one) => ({ value: one.id, label: one.name })),
  ]
  return (
    <details open={began}>
      <summary>{say("conditions.add")}</summary>
      <div className="stack">
        <p className="soft small">{say("conditions.help")}</p>
        {LINES.map((n) => (
          <fieldset key={n} className="stack">
            <legend>{say("conditions.line", { n })}</legend>
            <TextArea
              name="conditionWords"
              id={`condition-words-${key}-${n}`}
              label={say("conditions.what")}
              rows={2}
              value={held("conditionWords", n)}
            />
            <SelectField
              name="conditionOwner"
              id={`condition-owner-${key}-${n}`}
              label={say("conditions.owner")}
              options={options}
              value={held("conditionOwner", n)}
            />
            <TextField
              name="conditionDay"
              id={`condition-day-${key}-${n}`}
              label={say("conditions.day")}
              help={say("conditions.day-help")}
              value={held("conditionDay", n)}
            />
          </fieldset>
        ))}
        {props.stage.seat === "decides" ? (
          <div>
            <button type="submit" name="verdict" value="approve-with-conditions">
              {say("verdict.approve-with-conditions")}
            </button>
          </div>
        ) : null}
      </div>
    </details>
  )
}
