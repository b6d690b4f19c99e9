import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import type { Compared, Run } from "@/domain/clauses/compare"

/** Characters that are shown of an unchanged stretch at either side of a change. */
const SIDE = 160

/** What is gone and what is new between two texts, with a little of what stands around each change. */
export function ComparedTexts({ compared }: { compared: Compared }) {
  if (compared.same)
    return (
      <Notice tone="good">
        <p>{say("paper.compare-same")}</p>
      </Notice>
    )
  if (!compared.runs)
    return (
      <Notice tone="warn">
        <p>{say("paper.compare-too-much")}</p>
      </Notice>
    )
  return (
    <section className="card stack compared" aria-label={say("paper.compare")}>
      <p>{say("paper.compare-counts", { removed: compared.removed, added: compared.added })}</p>
      <div>
        {compared.runs.map((run, i) => (
          <Stretch key={i} run={run} first={i === 0} last={i === (compared.runs?.length ?? 0) - 1} />
        ))}
      </div>
    </section>
  )
}

function Stretch({ run, first, last }: { run: Run; first: boolean; last: boolean }) {
  if (run.is === "removed")
    return (
      <>
        {" "}
        <del>
          <span className="unseen">{say("paper.compare-gone")} </span>
          {run.text}
        </del>{" "}
      </>
    )
  if (run.is === "added")
    return (
      <>
        {" "}
        <ins>
          <span className="unseen">{say("paper.compare-new")} </span>
          {run.text}
        </ins>{" "}
      </>
    )
  const keep = (first ? 0 : SIDE) + (last ? 0 : SIDE)
  if (run.text.length <= keep + 80) return <>{run.text}</>
  return (
    <>
      {first ? null : `${run.text.slice(0, SIDE)} …`}
      <span className="compared-left soft small">{say("paper.compare-left", { n: run.words })}</span>
      {last ? null : `… ${run.text.slice(-SIDE)}`}
    </>
  )
}
