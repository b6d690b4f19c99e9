import Link from "next/link"
import { answerWords } from "@/components/intake/answer-words"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isFor } from "@/domain/intake/asked"
import { BLOCKS } from "@/domain/intake/question"
import type { IntakePage } from "@/usecases/intake/read-intake"
import { titlesOf } from "./questions"

/** Everything that was answered, once more, with the way to change it; and the act that makes the request. */
export function CheckOnce({ page, at }: { page: IntakePage; at: (step: string) => string }) {
  const on = { titles: titlesOf(page), needs: page.needs }
  const shown = page.questions.filter(
    (question) => question.id !== "1.1" && (page.answers[question.id] || isFor(question, page.as)),
  )
  return (
    <section className="card stack" aria-labelledby="check">
      <h2 id="check">{page.beginning ? say(`intake.begins.${page.beginning}`) : say("intake.block.check")}</h2>
      <p className="soft">{say("intake.check-lede")}</p>
      <NearNames page={page} at={at} />
      {BLOCKS.filter((block) => shown.some((question) => question.block === block)).map((block) => (
        <div key={block}>
          <div className="row between">
            <h3>{say(`intake.block.${block}`)}</h3>
            <Link className="tall" href={at(block)} prefetch={false}>
              {say("intake.change")}
              <span className="unseen"> {say(`intake.block.${block}`)}</span>
            </Link>
          </div>
          <dl>
            {shown
              .filter((question) => question.block === block)
              .map((question) => (
                <div key={question.id} className="pair">
                  <dt>{say(`intake.q.${question.id}`)}</dt>
                  <dd>
                    {answerWords(question, page.answers[question.id], on).map((words) => (
                      <p key={words} className={page.answers[question.id] ? undefined : "soft"}>
                        {words}
                      </p>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
      {page.hidden ? <p className="soft small">{say("intake.hidden", { n: page.hidden })}</p> : null}
      <Make page={page} />
    </section>
  )
}

/** Whoever went on without looking is told here at the latest that the register may have the party already. */
function NearNames({ page, at }: { page: IntakePage; at: (step: string) => string }) {
  const given = page.answers["1.3"]
  const isNew = given?.state === "known" && typeof given.value === "object" && "name" in given.value
  if (!isNew || page.hits.length === 0) return null
  const names = page.hits.map((hit) => hit.title).join(", ")
  return (
    <Notice tone="warn">
      <p>
        {say("intake.check-near", { names, n: page.hits.length })}{" "}
        <Link className="tall" href={`${at("1")}#q.1.3`} prefetch={false}>
          {say("intake.change")}
          <span className="unseen"> {say("intake.q.1.3")}</span>
        </Link>
      </p>
    </Notice>
  )
}

function Make({ page }: { page: IntakePage }) {
  const found = page.beginning === "running"
  const before = page.answers["5.3f"]
  const demanded = before?.state === "known" && before.value === "yes"
  const [act, help] = page.requestId
    ? ["intake.make-again", "intake.make-again-help"]
    : found
      ? ["intake.make-found", "intake.make-found-help"]
      : ["intake.make", demanded ? "intake.make-under-demand" : "intake.make-help"]
  return (
    <form className="stack" method="post" action={`/api/v1/intakes/${page.id}/request`}>
      <p className="soft small">{say(help ?? "")}</p>
      <div className="row">
        <button className="primary" type="submit">
          {say(act ?? "")}
        </button>
        {page.requestId ? (
          <Link className="button" href={`/requests/${page.requestId}`} prefetch={false}>
            {say("intake.to-request")}
          </Link>
        ) : null}
      </div>
    </form>
  )
}
