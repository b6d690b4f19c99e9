import Link from "next/link"
import { FileWay, type HeldById } from "@/components/files/file-way"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import { dutyOf, endStateOn, keptUntil, provenOn, type EndState } from "@/domain/endings/duty"
import type { Sharing } from "@/domain/records/sharing"

const TONE: Record<EndState, Tone> = {
  runs: "quiet",
  "nothing-due": "quiet",
  unproven: "warn",
  overdue: "bad",
  kept: "review",
  proven: "good",
}

/** What the end of a flow reads on the day, as a sign; nothing while it runs. */
export function EndTag({ body, on, standing }: { body: Sharing; on: Day; standing: string }) {
  const state = endStateOn(body, on)
  if (state === "runs") return standing === "ended" ? <StatusTag tone="quiet">{say("standing.ended")}</StatusTag> : null
  return <StatusTag tone={TONE[state]}>{say(endKey(body.mode, state))}</StatusTag>
}

/** The sentence for how an end stands: what was made public is taken down, and nobody else has it to delete. */
export function endKey(mode: string, state: EndState): string {
  return mode === "disclose" ? `ending.public.${state}` : `ending.${state}`
}

/** What a flow owes after its end, by whose term, and what became of the data; with the way to bring the evidence. */
export function EndingCard({ body, on, href, held }: { body: Sharing; on: Day; href: string | null; held: HeldById }) {
  const endedOn = valueOf(body.endsOn)
  const state = endStateOn(body, on)
  if (state === "runs" || endedOn === null) return null
  const owes = state === "unproven" || state === "overdue"
  return (
    <section className="card stack" aria-labelledby="after-the-end">
      <div className="row between">
        <h2 id="after-the-end">{say("ending.title")}</h2>
        <EndTag body={body} on={on} standing="ended" />
      </div>
      <p>
        {say("ending.ended-on", { day: dayWords(endedOn) })} {dueWords(body)}
      </p>
      <Evidence body={body} on={on} held={held} />
      {owes && href ? (
        <div>
          <Link className="button primary" href={href} prefetch={false}>
            {say("ending.link-proof")}
          </Link>
        </div>
      ) : null}
    </section>
  )
}

/** By when the data is gone and by whose term, in words. */
export function dueWords(body: Sharing): string {
  const duty = dutyOf(body)
  if (!duty) return say(body.deletionDue.state === "not-applicable" ? "ending.passed-on" : "ending.nothing")
  const day = dayWords(duty.dueOn)
  if (body.mode === "disclose") return say("ending.down-by", { day })
  return `${say("ending.due-on", { day })} ${say(`ending.term.${duty.term}`, { n: duty.days ?? 0 })}`
}

function Evidence({ body, on, held }: { body: Sharing; on: Day; held: HeldById }) {
  const proof = valueOf(body.deletionProof)
  const report = valueOf(body.deletionReport)
  const there = provenOn(body)
  if (!proof || there === null || there > on) return null
  const until = keptUntil(body)
  const day = dayWords(proof.provenOn)
  const why = report ? (valueOf(report.why) ?? "") : ""
  return (
    <>
      <p>
        {report
          ? say(`ending.done.${report.how}`, { day, who: report.confirmedBy, why })
          : say("ending.done.proof", { day })}
      </p>
      {until ? <p>{say("ending.kept-until", { day: dayWords(until) })}</p> : null}
      {proof.text ? <p className="soft">{proof.text}</p> : null}
      {proof.fileId ? (
        <p>
          <FileWay id={proof.fileId} label={say("ending.file")} held={held[proof.fileId]} />
        </p>
      ) : null}
    </>
  )
}
