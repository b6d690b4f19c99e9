import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

/** The field in which a form sends the password beside its act. */
export const PROOF_FIELD = "_password"

/** Asks for the password within a form, where it was last typed more than five minutes ago. */
export function ProofField({ stale, name = PROOF_FIELD }: { stale: boolean; name?: string }) {
  return stale ? (
    <TextField
      name={name}
      type="password"
      label={say("prove.password")}
      help={say("prove.why")}
      autoComplete="current-password"
      required
    />
  ) : null
}

/** Asks for the password above a page of many small forms, where it was last typed more than five minutes ago. */
export function ProofCard({ stale }: { stale: boolean }) {
  return stale ? (
    <section className="card stack" aria-labelledby="prove">
      <h2 id="prove">{say("prove.title")}</h2>
      <form className="stack" method="post" action="/api/v1/sessions/proof">
        <ProofField stale name="password" />
        <div>
          <button type="submit">{say("prove.go")}</button>
        </div>
      </form>
    </section>
  ) : null
}
