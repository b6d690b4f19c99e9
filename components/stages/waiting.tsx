import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { Preview, type PreviewView } from "./preview"
import type { Names } from "./rules-words"

/** The version that waits, with what it changes; where a DPO approves or refuses it, or whoever proposed it takes it back. */
export function WaitingRules({
  version,
  by,
  reason,
  preview,
  names,
  may,
  proof,
}: {
  version: number
  by: string
  reason: string
  preview: PreviewView
  names: Names
  may: "decide" | "withdraw" | null
  proof: Proof
}) {
  return (
    <section className="card stack" aria-labelledby="waiting">
      <h2 id="waiting">{say("stages.waiting", { version, by })}</h2>
      <p className="prose">{say("stages.waiting-reason", { reason })}</p>
      <Preview preview={preview} names={names} />
      {may === "decide" ? (
        <form className="stack" method="post" action={`/api/v1/stage-rules/${version}/decisions`}>
          <TextArea name="reason" id="decide-reason" label={say("stages.decide-reason")} />
          <ProofField proof={proof} />
          <div className="row">
            <button className="primary" type="submit" name="verdict" value="approve">
              {say("stages.approve", { version })}
            </button>
            <button type="submit" name="verdict" value="refuse">
              {say("stages.refuse", { version })}
            </button>
          </div>
        </form>
      ) : null}
      {may === "withdraw" ? (
        <form method="post" action={`/api/v1/stage-rules/${version}/withdrawal`} className="stack">
          <ProofField proof={proof} />
          <button type="submit">{say("stages.withdraw", { version })}</button>
        </form>
      ) : null}
    </section>
  )
}
