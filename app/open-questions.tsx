import Link from "next/link"
import { ChangeTable } from "@/components/audit/change-table"
import { Notice } from "@/components/ui/notice"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listQuestions } from "@/usecases/questions/read-questions"
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

/** On home: how many questions have no answer yet, for who answers and for who asked; and the way to what changed. */
export async function OpenQuestions({ scene }: { scene: Scene }) {
  if (!scene.actor || !mayAct("question.read", scene.actor).ok) return null
  const visits = mayAct("visit.read", scene.actor).ok
  const found = await listQuestions(scene, { state: "open", size: 1 })
  const n = found.ok ? found.value.counts.open : 0
  return (
    <>
      {visits ? <LastChanges scene={scene} /> : null}
      {n > 0 ? (
        <Notice tone="warn">
          <p>
            <Link className="tall" href="/audit/questions?state=open" prefetch={false}>
              {say(visits ? "questions.home-asked" : "questions.home", { n })}
            </Link>
          </p>
        </Notice>
      ) : null}
    </>
  )
}
