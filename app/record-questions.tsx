import Link from "next/link"
import { TextArea } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listQuestions } from "@/usecases/questions/read-questions"
import type { Scene } from "@/usecases/scene"

/** What supervisors asked about a record or request, and the way to ask; nothing for who neither asks nor answers. */
export async function RecordQuestions({ scene, subjectId }: { scene: Scene; subjectId: string }) {
  if (!scene.actor || !mayAct("question.read", scene.actor).ok) return null
  const asks = mayAct("question.ask", scene.actor).ok
  const found = await listQuestions(scene, { subjectId, size: 20 })
  const questions = found.ok ? found.value.questions : []
  if (questions.length === 0 && !asks) return null
  return (
    <section className="card stack no-print" aria-label={say("questions.here")}>
      <h2>{say("questions.here")}</h2>
      {questions.length ? (
        <ul className="plain-list">
          {questions.map((one) => (
            <li key={one.id}>
              <Link className="tall" href={`/audit/questions/${one.id}`} prefetch={false}>
                {(one.words ?? say("questions.erased")).slice(0, 120)}
              </Link>{" "}
              <span className="soft small">{say(one.answered ? "questions.answered" : "questions.open")}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {asks ? (
        <form className="stack" method="post" action="/api/v1/questions">
          <input type="hidden" name="subjectId" value={subjectId} />
          <TextArea name="words" label={say("questions.words")} help={say("questions.words-help")} required rows={3} />
          <label className="field">
            {say("questions.due")}
            <input type="date" name="dueOn" />
          </label>
          <div>
            <button type="submit">{say("questions.ask")}</button>
          </div>
        </form>
      ) : null}
    </section>
  )
}
