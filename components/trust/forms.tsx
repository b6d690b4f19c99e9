import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

type Errors = ReadonlyMap<string, string>

/** Where an administrator lays a file of trusted roots. What was typed is still there when it was refused. */
export function LoadForm({ typed, errors, today }: { typed: Record<string, string>; errors: Errors; today: string }) {
  const wrong = errors.get("file")
  return (
    <section className="card stack" aria-labelledby="load">
      <h2 id="load">{say("trust.load")}</h2>
      <p className="soft">{say("trust.load-lede")}</p>
      <form className="stack" method="post" action="/api/v1/trust-lists" encType="multipart/form-data">
        <TextField
          name="name"
          label={say("trust.name")}
          help={say("trust.name-help")}
          value={typed.name ?? ""}
          error={errors.get("name") ?? null}
          required
        />
        <TextArea
          name="source"
          label={say("trust.source")}
          help={say("trust.source-help")}
          value={typed.source ?? ""}
          error={errors.get("source") ?? null}
          required
        />
        <TextField
          name="fromOn"
          label={say("trust.from")}
          help={say("trust.from-help")}
          value={typed.fromOn || today}
          error={errors.get("fromOn") ?? null}
          required
        />
        <div className="field" data-wrong={wrong ? "" : undefined}>
          <label htmlFor="roots">{say("trust.file")}</label>
          <span className="help" id="roots-help">
            {say("trust.file-help")}
          </span>
          <input
            id="roots"
            type="file"
            name="file"
            required
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? "roots-help roots-error" : "roots-help"}
          />
          {wrong ? (
            <span className="error" id="roots-error">
              {say(wrong)}
            </span>
          ) : null}
        </div>
        <div>
          <button className="primary" type="submit">
            {say("trust.propose")}
          </button>
        </div>
      </form>
    </section>
  )
}

/** Where an administrator proposes that the list in force is withdrawn. */
export function WithdrawForm({
  typed,
  errors,
  today,
}: {
  typed: Record<string, string>
  errors: Errors
  today: string
}) {
  return (
    <details className="card" open={errors.size > 0}>
      <summary>{say("trust.withdraw-title")}</summary>
      <form className="stack" method="post" action="/api/v1/trust-lists/withdrawals">
        <p>{say("trust.withdraw-lede")}</p>
        <TextArea
          name="source"
          id="withdraw-source"
          label={say("trust.withdraw-source")}
          value={typed.source ?? ""}
          error={errors.get("source") ?? null}
          required
        />
        <TextField
          name="fromOn"
          id="withdraw-from"
          label={say("trust.withdraw-from")}
          value={typed.fromOn || today}
          error={errors.get("fromOn") ?? null}
          required
        />
        <div>
          <button type="submit">{say("trust.withdraw")}</button>
        </div>
      </form>
    </details>
  )
}

/** Where what waits is confirmed or refused, or taken back by whoever proposed it. */
export function DecideForm({ id, may, proof }: { id: string; may: "decide" | "take-back" | null; proof: Proof }) {
  if (may === "decide")
    return (
      <form className="stack" method="post" action={`/api/v1/trust-lists/${id}/decisions`}>
        <TextArea name="reason" id="decide-reason" label={say("trust.reason")} />
        <ProofField proof={proof} />
        <div className="row">
          <button className="primary" type="submit" name="verdict" value="approve">
            {say("trust.confirm")}
          </button>
          <button type="submit" name="verdict" value="refuse">
            {say("trust.refuse")}
          </button>
        </div>
      </form>
    )
  if (may === "take-back")
    return (
      <form className="stack" method="post" action={`/api/v1/trust-lists/${id}/take-back`}>
        <ProofField proof={proof} />
        <div>
          <button type="submit">{say("trust.take-back")}</button>
        </div>
      </form>
    )
  return <p className="soft">{say("trust.who")}</p>
}
