import Link from "next/link"
import { RequestTable } from "@/components/requests/request-table"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import type { Role } from "@/domain/people/roles"
import { listRequests, type RequestList } from "@/usecases/requests/list-requests"
import { inFrame } from "@/app/in-frame"
import { Frame, rolesOf, shown, signedIn } from "./page-frame"

async function Home() {
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
          roles={roles}
        />
      ) : (
        <p className="lede">{say("home.administrator")}</p>
      )}
    </Frame>
  )
}

/** Six things to try in the sample company, each two minutes; the seat that may do it is named. */
function SampleSteps({ today }: { today: string }) {
  const yesterday = addDays(today as Day, -1)
  const steps = [
    { says: "sample.step.gap", href: "/sharings?f.coverage=gap" },
    { says: "sample.step.decide", href: "/requests" },
    { says: "sample.step.as-of", href: `/parties?as-of=${addDays(yesterday, -400)}` },
    { says: "sample.step.export", href: "/audit/exports" },
    { says: "sample.step.import", href: "/imports" },
    { says: "sample.step.own", href: "/promises/own" },
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

/** Whether a request in review has an open stage that one of the roles may take, and is not the reader's own. */
function needs(line: RequestList["rows"][number], roles: readonly Role[]): boolean {
  return (
    !line.mine && line.openStages.some((stage) => roles.includes(stage === "second-legal" ? "legal" : (stage as Role)))
  )
}

function Waiting({ review, mine, roles }: { review: RequestList; mine: RequestList; roles: readonly Role[] }) {
  const decide = review.rows.filter((line) => needs(line, roles))
  const others = review.rows.filter((line) => !decide.includes(line))
  const mend = mine.rows.filter((line) => line.state === "changes-requested")
  const rest = mine.rows.filter((line) => !mend.includes(line))
  const works = roles.some((role) => role !== "supervisor" && role !== "administrator")
  const n = decide.length + mend.length
  return (
    <>
      <div className="row between">
        <p className="lede">
          {n ? say("home.needs", { n }) : say("home.nothing")}{" "}
          {others.length ? say("home.others", { n: others.length }) : ""}
        </p>
        {works ? (
          <Link className="button primary" href="/requests/new" prefetch={false}>
            {say("home.new")}
          </Link>
        ) : null}
      </div>
      <Group says="home.decide" rows={decide} />
      <Group says="home.mend" rows={mend} />
      <Group says="home.mine" rows={rest} always={works} />
      <Group says="home.waiting" rows={others} />
      {review.next || mine.next ? (
        <p>
          <Link className="tall" href="/requests" prefetch={false}>
            {say("home.all")}
          </Link>
        </p>
      ) : null}
    </>
  )
}

function Group({ says, rows, always }: { says: string; rows: RequestList["rows"]; always?: boolean }) {
  if (rows.length === 0 && !always) return null
  return (
    <section className="card">
      <h2>{say(says)}</h2>
      {rows.length ? <RequestTable rows={rows} caption={say(says)} /> : <p className="soft">{say("home.none")}</p>}
    </section>
  )
}

export default inFrame(Home)
