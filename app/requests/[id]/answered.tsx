import Link from "next/link"
import { answerWords } from "@/components/intake/answer-words"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { questionOf } from "@/domain/intake/questions"
import { intakeOfRequest } from "@/usecases/intake/of-request"
import type { Scene } from "@/usecases/scene"

/** What was answered in the guided intake that the request was made from; nothing where it was filled in by hand. */
export async function Answered({ scene, id }: { scene: Scene; id: string }) {
  const found = await intakeOfRequest(scene, { id })
  if (!found.ok) return null
  const { by, answers, titles, needs, open } = found.value
  return (
    <details className="card">
      <summary>
        <strong>{say("intake.of-request")}</strong>{" "}
        <span className="soft small">{say("intake.of-request-by", { who: by })}</span>
      </summary>
      <dl>
        {answers.flatMap(({ id: asked, given, at }) => {
          const question = questionOf(asked)
          return question ? (
            <div key={asked} className="pair">
              <dt>{say(`intake.q.${asked}`)}</dt>
              <dd>
                {answerWords(question, given, { titles, needs }).map((words) => (
                  <p key={words}>{words}</p>
                ))}
                <span className="soft small">{at ? <At instant={at} /> : say("intake.of-request-filled")}</span>
              </dd>
            </div>
          ) : (
            []
          )
        })}
      </dl>
      {open ? (
        <p>
          <Link className="button" href={`/requests/new/${found.value.id}`} prefetch={false}>
            {say("intake.go-on-answers")}
          </Link>
        </p>
      ) : null}
    </details>
  )
}
