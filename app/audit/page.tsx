import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn } from "@/app/page-frame"
import { auditPages } from "./pages"

export const metadata: Metadata = { title: say("audit.title") }

/** The one place from which every page of oversight is found. It looks at nothing itself. */
async function Audit() {
  const scene = await signedIn()
  if (!mayAct("log.read", scene.actor).ok) notFound()
  return (
    <Frame scene={scene} current="/audit">
      <h1>{say("audit.title")}</h1>
      <p className="lede">{say("audit.lede")}</p>
      {auditPages(scene.actor).map(({ says, pages }) => (
        <section className="card stack" key={says} aria-labelledby={says}>
          <h2 id={says}>{say(says)}</h2>
          <ul className="plain-list ways">
            {pages.map((page) => (
              <li key={page.href}>
                <Link className="tall" href={page.href} prefetch={false}>
                  {say(`audit.${page.says}`)}
                </Link>
                <div className="soft small">{say(`audit.${page.says}-what`)}</div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Frame>
  )
}

export default inFrame(Audit)
