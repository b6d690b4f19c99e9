import Link from "next/link"
import { ChangeTable } from "@/components/audit/change-table"
import { QuestionTable } from "@/components/audit/question-table"
import { RequestTable } from "@/components/requests/request-table"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readVisitorsHome, type VisitorsHome } from "@/usecases/visits/read-home"
import type { Scene } from "@/usecases/scene"
import { shown } from "./page-frame"

/** The home of a supervisor: what they asked, what changed since they were here, what is in review. One look. */
export async function VisitorsHomeView({ scene }: { scene: Scene }) {
  const { questions, changes, inReview } = shown(await readVisitorsHome(scene, {}))
  return (
    <>
      <Mine page={questions} today={scene.now.slice(0, 10)} />
      <LastChanges page={changes} />
      <section className="card">
        <h2>{say("home.waiting")}</h2>
        {inReview.length ? (
          <RequestTable rows={inReview} caption={say("home.waiting")} />
        ) : (
          <p className="soft">{say("home.none")}</p>
        )}
      </section>
      <p>
        <Link className="tall" href="/requests" prefetch={false}>
          {say("home.all")}
        </Link>
      </p>
    </>
  )
}

/** The newest of what changed since the last visit, and the way to the rest. */
function LastChanges({ page: { changes, clauses, since, next } }: { page: VisitorsHome["changes"] }) {
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
function Mine({ page, today }: { page: VisitorsHome["questions"]; today: string }) {
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
