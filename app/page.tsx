import Link from "next/link"
import { AwayNote } from "@/components/people/away-note"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import { mayAct, type ActName } from "@/domain/people/permissions"
import { readAwayNote } from "@/usecases/people/read-away"
import { readUnseated } from "@/usecases/requests/unseated"
import type { Scene } from "@/usecases/scene"
import { INBOX_PARTS, readInbox } from "@/usecases/told/inbox"
import { inFrame } from "@/app/in-frame"
import { InboxView } from "./inbox"
import { OldTrust } from "./old-trust"
import { OpenQuestions } from "./open-questions"
import { PapersToConfirm } from "./papers-by-hand"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "./page-frame"
import { VisitorsHomeView } from "./visitors-home"

async function Home({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const part = INBOX_PARTS.find((known) => known === one(words, "part")) ?? null
  return (
    <Frame scene={scene} current="/">
      <h1>{say("home.title")}</h1>
      {scene.register === "sample" && !part ? <SampleSteps scene={scene} /> : null}
      {mayAct("away.set", scene.actor).ok ? <AwayNote {...shown(await readAwayNote(scene, {}))} /> : null}
      <PapersToConfirm scene={scene} />
      <OpenQuestions scene={scene} />
      {mayAct("inbox.read", scene.actor).ok ? (
        <InboxView
          inbox={shown(await readInbox(scene, { part, after: part ? one(words, "after").slice(0, 200) : "" }))}
          only={part}
          me={scene.actor.id}
        />
      ) : (
        <Others scene={scene} />
      )}
    </Frame>
  )
}

/** Things to try in the sample company, each two minutes: those that whoever sits there may do. */
function SampleSteps({ scene }: { scene: Scene }) {
  const yesterday = addDays(scene.now.slice(0, 10) as Day, -1)
  const all: readonly { says: string; href: string; act: ActName }[] = [
    { says: "sample.step.gap", href: "/sharings?f.coverage=gap", act: "register.read" },
    { says: "sample.step.decide", href: "/requests", act: "request.decide" },
    { says: "sample.step.as-of", href: `/parties?as-of=${addDays(yesterday, -400)}`, act: "register.read" },
    { says: "sample.step.export", href: "/audit/exports", act: "export.make" },
    { says: "sample.step.import", href: "/imports", act: "import.try" },
    { says: "sample.step.own", href: "/promises/own", act: "pack.propose" },
  ]
  const steps = all.filter((step) => scene.actor && mayAct(step.act, scene.actor).ok)
  if (steps.length === 0) return <p className="lede">{say("sample.other-seat")}</p>
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

/** What an administrator mends: stages of requests that nobody is left to decide. */
async function WithoutAnybody({ scene }: { scene: Scene }) {
  const n = shown(await readUnseated(scene, {})).length
  return n === 0 ? null : (
    <Notice tone="warn">
      <p>
        {say("home.nobody", { n })}.{" "}
        <Link className="tall" href="/admin/stages#nobody" prefetch={false}>
          {say("home.nobody-way")}
        </Link>
      </p>
    </Notice>
  )
}

/** Who works on no request: a supervisor sees what is in review, an administrator what they keep. */
async function Others({ scene }: { scene: Scene }) {
  const roles = rolesOf(scene)
  if (roles.length === 0) return <p className="lede">{say("home.no-role")}</p>
  if (roles.every((role) => role === "administrator"))
    return (
      <>
        <p className="lede">{say("home.administrator")}</p>
        <WithoutAnybody scene={scene} />
        <OldTrust scene={scene} />
      </>
    )
  return <VisitorsHomeView scene={scene} />
}

export default inFrame(Home)
