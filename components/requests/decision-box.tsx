import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

const DECIDES = ["approve", "ask-changes", "refuse"] as const
const ADVISES = ["agree", "agree-with-conditions", "advise-against"] as const

/** Where a stage is decided: on one content, whose hash stands here and is tested again. */
export function DecisionBox({
  requestId,
  stage,
  hash,
  proof,
}: {
  requestId: string
  stage: { stage: string; entityId: string; seat: "decides" | "advises" }
  hash: string
  proof: Proof
}) {
  const verdicts = stage.seat === "decides" ? DECIDES : ADVISES
  return (
    <section className="card stack" aria-label={say("request.decide")}>
      <h2>{say("request.decide-as", { stage: say(`stage.${stage.stage}`) })}</h2>
      <form method="post" action={`/api/v1/requests/${requestId}/decisions`} className="stack">
        <input type="hidden" name="hash" value={hash} />
        <input type="hidden" name="stage" value={stage.stage} />
        <input type="hidden" name="entityId" value={stage.entityId} />
        <TextArea name="reason" label={say("request.reason")} help={say("request.reason-help")} />
        <ProofField proof={proof} />
        <p className="soft small">
          {say("request.covers-on")} <code>{hash.slice(0, 12)}</code>
        </p>
        <div className="row">
          {verdicts.map((verdict, i) => (
            <button
              key={verdict}
              type="submit"
              name="verdict"
              value={verdict}
              className={i === 0 ? "primary" : undefined}
            >
              {say(`verdict.${verdict}`)}
            </button>
          ))}
        </div>
      </form>
    </section>
  )
}
