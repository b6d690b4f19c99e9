import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isOnlySupervisor, mayAct } from "@/domain/people/permissions"
import { listQuestions } from "@/usecases/questions/read-questions"
import type { Scene } from "@/usecases/scene"

/** On the home of the company: how many questions of supervisors have no answer yet. */
export async function OpenQuestions({ scene }: { scene: Scene }) {
  if (!scene.actor || !mayAct("question.read", scene.actor).ok || isOnlySupervisor(scene.actor)) return null
  const found = await listQuestions(scene, { state: "open", size: 1 })
  if (!found.ok) return null
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
