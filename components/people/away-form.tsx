import { ProofField, type Proof } from "@/components/people/prove"
import { SelectField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

type Conflict = { requestId: string; no: number; title: string; says: string }
export type LendableView = {
  role: string
  entityId: string | null
  entityName: string | null
  candidates: readonly { personId: string; name: string; conflicts: readonly Conflict[] }[]
}

const placeWords = (name: string | null): string =>
  name === null ? say("away.everywhere") : say("away.in", { entity: name })
const fieldOf = (one: LendableView): string => `delegate-${one.role}${one.entityId ? `-${one.entityId}` : ""}`

/** Who could stand in, each with the requests that they could not decide: named before anybody is chosen. */
function options(one: LendableView): { value: string; label: string }[] {
  const people = one.candidates.map(({ personId, name, conflicts }) => ({
    value: personId,
    label: conflicts.length
      ? say("away.cannot", { name, list: conflicts.map((conflict) => `R-${conflict.no}`).join(", ") })
      : name,
  }))
  return [{ value: "", label: say("away.nobody") }, ...people]
}

function Lend({ one, typed }: { one: LendableView; typed: Record<string, unknown> }) {
  const words = { role: say(`role.${one.role}`), entity: placeWords(one.entityName) }
  if (one.candidates.length === 0) return <p className="soft small">{say("away.none-fits", words)}</p>
  return (
    <SelectField
      name={fieldOf(one)}
      label={say("away.who", words)}
      value={String(typed[fieldOf(one)] ?? "")}
      options={options(one)}
    />
  )
}

/** From which day to which one is away, and who stands in for each role. */
export function AwayForm(props: {
  today: string
  zone: string
  lendable: readonly LendableView[]
  typed: Record<string, unknown>
  proof: Proof
}) {
  const { today, lendable, typed } = props
  const whole = lendable.filter((one) => one.entityId === null)
  const single = lendable.filter((one) => one.entityId !== null)
  const first = whole.length ? whole : single
  return (
    <form method="post" action="/api/v1/account/away" className="card stack">
      <div className="row">
        <div className="field">
          <label htmlFor="fromOn">{say("away.from")}</label>
          <input
            id="fromOn"
            name="fromOn"
            type="date"
            min={today}
            defaultValue={String(typed.fromOn ?? today)}
            required
          />
        </div>
        <div className="field">
          <label htmlFor="toOn">{say("away.to")}</label>
          <span className="help" id="toOn-help">
            {say("away.to-help", { zone: props.zone })}
          </span>
          <input
            id="toOn"
            name="toOn"
            type="date"
            min={today}
            defaultValue={String(typed.toOn ?? "")}
            aria-describedby="toOn-help"
          />
        </div>
      </div>
      <p className="soft small">{say("away.who-lede")}</p>
      {first.map((one) => (
        <Lend key={fieldOf(one)} one={one} typed={typed} />
      ))}
      {whole.length && single.length ? (
        <details>
          <summary>{say("away.each")}</summary>
          <div className="stack">
            {single.map((one) => (
              <Lend key={fieldOf(one)} one={one} typed={typed} />
            ))}
          </div>
        </details>
      ) : null}
      <ProofField proof={props.proof} />
      <div>
        <button className="primary" type="submit">
          {say("away.go")}
        </button>
      </div>
    </form>
  )
}
