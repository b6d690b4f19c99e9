import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { isOnlySupervisor, mayAct } from "@/domain/people/permissions"
import { readsAll } from "@/usecases/scope"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("answers.title") }

/** Every question that the register answers on a page of its own, in plain words. It looks at nothing itself. */
async function Answers() {
  const scene = await signedIn()
  if (!mayAct("answers.read", scene.actor).ok) notFound()
  const attempts = mayAct("refusals.read", scene.actor).ok && (!isOnlySupervisor(scene.actor) || readsAll(scene.actor))
  const lists = [
    { href: "/audit/answers/closed?state=refused", says: "refused" },
    { href: "/audit/answers/closed?state=withdrawn", says: "withdrawn" },
    { href: "/found-running", says: "running" },
    ...(attempts ? [{ href: "/audit/refusals", says: "attempts" }] : []),
    ...(mayAct("roles.read", scene.actor).ok ? [{ href: "/audit/answers/roles", says: "roles" }] : []),
  ]
  const questions = ["recipients", "completeness", "sample"].map((says) => ({ href: `/audit/answers/${says}`, says }))
  return (
    <Frame scene={scene} current="/audit/answers">
      <h1>{say("answers.title")}</h1>
      <p className="lede">{say("answers.lede")}</p>
      <Group id="questions" says="answers.questions" items={questions} />
      <Group id="lists" says="answers.standing" items={lists} />
      <section className="card stack" aria-labelledby="stories">
        <h2 id="stories">{say("answers.stories")}</h2>
        <Find says="history" action="/requests" field="answers.find-request" id="find-request" />
        <Find says="story" action="/parties" field="answers.find-party" id="find-party" />
      </section>
    </Frame>
  )
}

function Group({ id, says, items }: { id: string; says: string; items: readonly { href: string; says: string }[] }) {
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{say(says)}</h2>
      <ul className="plain-list ways">
        {items.map((item) => (
          <li key={item.href}>
            <Link className="tall" href={item.href} prefetch={false}>
              {say(`answers.${item.says}`)}
            </Link>
            <div className="soft small">{say(`answers.${item.says}-what`)}</div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Find({ says, action, field, id }: { says: string; action: string; field: string; id: string }) {
  return (
    <form className="stack" action={action}>
      <h3>{say(`answers.${says}-of`)}</h3>
      <p className="soft small">{say(`answers.${says}-find`)}</p>
      <div className="row end">
        <TextField id={id} name="q" type="search" label={say(field)} required />
        <button type="submit">{say("answers.find")}</button>
      </div>
    </form>
  )
}

export default inFrame(Answers)
