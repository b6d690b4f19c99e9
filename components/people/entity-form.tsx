import { Choices, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import type { Answer } from "@/domain/core/answer"
import type { Entity } from "@/domain/records/evidence"

const REGIMES = ["EU", "UK", "CH", "CN", "CCPA", "DORA", "KR", "BR", "US", "JP"]

type Typed = Record<string, string | string[]>

/** A company of ours: new, or as it stands. What was typed before a refusal goes before what stands. */
export function EntityForm({ id, was, typed }: { id: string | null; was: Entity | null; typed: Typed | null }) {
  const word = (name: string, standing: string): string => {
    const before = typed?.[name]
    return typeof before === "string" ? before : standing
  }
  const chosen = typed ? [typed.regime ?? []].flat() : (was?.regimes.map((one) => one.regime) ?? [])
  const ticked = (name: "dpoDecides" | "mergeSeats"): boolean =>
    typed ? typed[name] === "yes" : (was?.[name] ?? false)
  return (
    <form className="stack" method="post" action="/api/v1/entities">
      {id ? <input type="hidden" name="id" value={id} /> : null}
      {was ? <input type="hidden" name="was" value={JSON.stringify(was)} /> : null}
      <TextField
        name="legalName"
        label={say("entities.name")}
        value={word("legalName", was?.legalName ?? "")}
        required
      />
      <TextField name="country" label={say("entities.country")} value={word("country", was?.country ?? "")} required />
      <TextField name="zone" label={say("entities.zone")} value={word("zone", was?.zone ?? "Europe/Berlin")} required />
      <Choices
        name="regime"
        label={say("entities.regimes")}
        chosen={chosen}
        options={REGIMES.map((regime) => ({ value: regime, label: regime }))}
      />
      <TextField name="address" label={say("entities.address")} value={word("address", answerText(was?.address))} />
      <TextField name="dpo" label={say("entities.dpo")} value={word("dpo", answerText(was?.dpo))} />
      <TextField
        name="department"
        label={say("entities.department")}
        value={word("department", answerText(was?.department))}
      />
      <label className="choice">
        <input type="checkbox" name="dpoDecides" value="yes" defaultChecked={ticked("dpoDecides")} />
        {say("entities.dpo-decides")}
      </label>
      <label className="choice">
        <input type="checkbox" name="mergeSeats" value="yes" defaultChecked={ticked("mergeSeats")} />
        {say("entities.merge")}
      </label>
      <button className="primary" type="submit">
        {say("entities.go")}
      </button>
    </form>
  )
}

function answerText(answer: Answer<string> | undefined): string {
  return answer?.state === "known" ? answer.value : ""
}
