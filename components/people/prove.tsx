import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

/** The field in which a form sends the password beside its act. */
export const PROOF_FIELD = "_password"

/** How somebody proves anew who they are: by their password, or where they signed on; null: they did so just now. */
export type Proof = { by: "password" } | { by: "provider"; name: string; href: string } | null

/** Asks for a proof within a form, where the last is more than five minutes ago. */
export function ProofField({ proof, name = PROOF_FIELD }: { proof: Proof; name?: string }) {
  if (proof?.by === "provider") return <ProofLink {...proof} />
  return proof ? (
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

/** The way to the provider and back: what stands in the form is to be typed after it. */
function ProofLink({ name, href }: { name: string; href: string }) {
  return (
    <p>
      {say("prove.why-provider", { name })}{" "}
      <a className="button compact" href={href}>
        {say("prove.go-provider", { name })}
      </a>
    </p>
  )
}

/** Asks for a proof above a page of many small forms, where the last is more than five minutes ago. */
export function ProofCard({ proof }: { proof: Proof }) {
  if (!proof) return null
  return (
    <section className="card stack" aria-labelledby="prove">
      <h2 id="prove">{say("prove.title")}</h2>
      {proof.by === "provider" ? (
        <ProofLink {...proof} />
      ) : (
        <form className="stack" method="post" action="/api/v1/sessions/proof">
          <ProofField proof={proof} name="password" />
          <div>
            <button type="submit">{say("prove.go")}</button>
          </div>
        </form>
      )}
    </section>
  )
}
