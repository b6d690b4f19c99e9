import Link from "next/link"
import { ChangeTable } from "@/components/audit/change-table"
import { QuestionTable } from "@/components/audit/question-table"
import { Notice } from "@/components/ui/notice"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { isOnlySupervisor, mayAct } from "@/domain/people/permissions"
import { listQuestions, type QuestionsPage } from "@/usecases/questions/read-questions"
import { readChanges } from "@/usecases/visits/read-changes"
import type { Scene } from "@/usecases/scene"

/** The newest of what changed since the last visit, and the way to the rest. */
async function LastChanges({ scene }: { scene: Scene }) {
  const found = await readChanges(scene, { size: 5 })
  if (!found.ok) return null
  const { changes, clauses, since, next } = found.value
  return (
    <section className="card stack" aria-labelledby="changed">
      <h2 id="changed">{say("nav.changed")}</h2>
      <p className="soft small">{say("changed.since-visit", { at: instantWords(since) })}</p>
      {changes.length ? (
        <ChangeTable changes={changes} clauses={clauses} />
      ) : (
        <p className="soft">{say("changed.none")}</p>
      )}
      <p>
        <Link className="tall" href="/audit/changed" prefetch={false}>
          {say(next ? "list.more" : "changed.other-day")}
        </Link>
      </p>
    </section>
  )
}

/** What this supervisor asked last, answered or not: they have no inbox that would tell them. */
function Mine({ page, today }: { page: QuestionsPage; today: string }) {
  if (page.questions.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="my-questions">
      <h2 id="my-questions">{say("questions.mine")}</h2>
      <QuestionTable {...page} today={today} />
      {page.next ? (
        <p>
          <Link className="tall" href="/audit/questions" prefetch={false}>
            {say("list.more")}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

/** On home: of the company how many questions have no answer yet; of a supervisor what they asked last, and what changed. */
export async function OpenQuestions({ scene }: { scene: Scene }) {
  if (!scene.actor || !mayAct("question.read", scene.actor).ok) return null
  const visits = isOnlySupervisor(scene.actor)
  const found = await listQuestions(scene, visits ? { size: 5 } : { state: "open", size: 1 })
  if (!found.ok) return null
  if (visits)
    return (
      <>
        <Mine page={found.value} today={scene.now.slice(0, 10)} />
        <LastChanges scene={scene} />
      </>
    )
  const n = found.value.counts.open
  return n === 0 ? null : (
    <Notice tone="warn">
      <p>
        <Link className="tall" href="/audit/questions?state=open" prefetch={false}>
          {say("questions.home", { n })}
        </Link>
      </p>
    </Notice>
  )
}
