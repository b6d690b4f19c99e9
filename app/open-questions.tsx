import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listQuestions } from "@/usecases/questions/read-questions"
import type { Scene } from "@/usecases/scene"

/** On home: how many questions have no answer yet, for who answers and for who asked; and the way to what changed. */
export async function OpenQuestions({ scene }: { scene: Scene }) {
  if (!scene.actor || !mayAct("question.read", scene.actor).ok) return null
  const visits = mayAct("visit.read", scene.actor).ok
  const found = await listQuestions(scene, { state: "open", size: 1 })
  const n = found.ok ? found.value.counts.open : 0
  return (
    <>
      {visits ? (
        <p>
          <Link className="tall" href="/audit/changed" prefetch={false}>
            {say("nav.changed")}
          </Link>
        </p>
      ) : null}
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
