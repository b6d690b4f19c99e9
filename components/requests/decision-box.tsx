import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { ConditionLines } from "./condition-lines"
import { say } from "@/components/words/catalogue"

const DECIDES = ["approve", "ask-changes", "refuse"] as const
const ADVISES = ["agree", "agree-with-conditions", "advise-against"] as const

/** Where a stage is decided: on one content, whose hash stands here and is tested again. */
export function DecisionBox({
  requestId,
  stage,
  hash,
  proof,
  owners,
  typed = {},
  absent = null,
}: {
  requestId: string
  stage: { stage: string; entityId: string; seat: "decides" | "advises" }
  hash: string
  proof: Proof
  /** Who could be asked to meet a condition. */
  owners: readonly { id: string; name: string }[]
  /** What was typed before a form of this page was refused. */
  typed?: Readonly<Record<string, string | string[]>>
  /** On whose behalf; null: in one's own right. */
  absent?: { id: string; name: string } | null
}) {
  const mine = typed.stage === stage.stage && typed.entityId === stage.entityId ? typed : {}
  const verdicts = stage.seat === "decides" ? DECIDES : ADVISES
  return (
    <section className="card stack" aria-label={say("request.decide")}>
      <h2>
        {absent
          ? say("request.decide-for", { stage: say(`stage.${stage.stage}`), name: absent.name })
          : say("request.decide-as", { stage: say(`stage.${stage.stage}`) })}
      </h2>
      <form method="post" action={`/api/v1/requests/${requestId}/decisions`} className="stack">
        <input type="hidden" name="hash" value={hash} />
        <input type="hidden" name="stage" value={stage.stage} />
        <input type="hidden" name="entityId" value={stage.entityId} />
        {absent ? <input type="hidden" name="forPerson" value={absent.id} /> : null}
        <TextArea
          name="reason"
          label={say("request.reason")}
          help={say("request.reason-help")}
          value={String(mine.reason ?? "")}
        />
        <ProofField proof={proof} />
        <p className="soft small">
          {say("request.covers-on")} <code>{hash.slice(0, 12)}</code>
        </p>
        <ConditionLines stage={stage} owners={owners} typed={mine} />
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
