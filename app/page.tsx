import Link from "next/link"
import { RequestTable } from "@/components/requests/request-table"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import { listRequests, type RequestList } from "@/usecases/requests/list-requests"
import { Frame, rolesOf, shown, signedIn } from "./page-frame"

export default async function Home() {
  const scene = await signedIn()
  const roles = rolesOf(scene)
  const reads = roles.some((role) => role !== "administrator")
  return (
    <Frame scene={scene} current="/">
      <h1>{say("home.title")}</h1>
      {scene.register === "sample" ? <SampleSteps today={scene.now.slice(0, 10)} /> : null}
      {reads ? (
        <Waiting
          review={shown(await listRequests(scene, { state: ["in-review"], size: 25 }))}
          mine={shown(await listRequests(scene, { mine: true, size: 25 }))}
        />
      ) : (
        <p className="lede">{say("home.administrator")}</p>
      )}
    </Frame>
  )
}

/** Five things to try in the sample company, each two minutes; the seat that may do it is named. */
function SampleSteps({ today }: { today: string }) {
  const yesterday = addDays(today as Day, -1)
  const steps = [
    { says: "sample.step.gap", href: "/sharings?f.coverage=gap" },
    { says: "sample.step.decide", href: "/requests" },
    { says: "sample.step.as-of", href: `/parties?as-of=${addDays(yesterday, -400)}` },
    { says: "sample.step.export", href: "/audit/exports" },
    { says: "sample.step.import", href: "/imports" },
  ]
  return (
    <section className="card stack" aria-labelledby="steps">
      <h2 id="steps">{say("sample.steps")}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step.says}>
            <Link className="tall" href={step.href} prefetch={false}>
              {say(step.says)}
            </Link>{" "}
            <span className="soft small">{say(`${step.says}-as`)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Waiting({ review, mine }: { review: RequestList; mine: RequestList }) {
  const n = review.counts["in-review"] ?? 0
  return (
    <>
      <div className="row between">
        <p className="lede">{n ? say("home.waiting", { n }) : say("home.nothing")}</p>
        <Link className="button primary" href="/requests/new" prefetch={false}>
          {say("home.new")}
        </Link>
      </div>
      <section className="card">
        <h2>{say("home.decide")}</h2>
        {review.rows.length ? (
          <RequestTable rows={review.rows} caption={say("home.decide")} />
        ) : (
          <p className="soft">{say("home.none")}</p>
        )}
      </section>
      <section className="card">
        <h2>{say("home.mine")}</h2>
        {mine.rows.length ? (
          <RequestTable rows={mine.rows} caption={say("home.mine")} />
        ) : (
          <p className="soft">{say("home.none")}</p>
        )}
      </section>
    </>
  )
}
