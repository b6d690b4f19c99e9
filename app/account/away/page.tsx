import type { Metadata } from "next"
import { Absences } from "@/components/people/absences"
import { StandsIn } from "@/components/people/away-note"
import { AwayForm } from "@/components/people/away-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { kept } from "@/usecases/people/kept"
import { readAway } from "@/usecases/people/read-away"
import { proofOf } from "@/app/sign-on"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("away.title") }

const HERE = "/account/away"

async function AwayPage({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readAway(scene, {}))
  const typed = words.refused ? ((await kept(scene, HERE))?.input ?? {}) : {}
  return (
    <Frame scene={scene} current="/account">
      <h1>{say("away.title")}</h1>
      <p className="lede">{say("away.lede")}</p>
      <RefusedNotice words={words} />
      {words.set || words.ended ? (
        <Notice tone="good">
          <p>{say(words.set ? "away.set" : "away.ended")}</p>
        </Notice>
      ) : null}
      <StandsIn list={page.standsIn} />
      <Absences absences={page.absences} today={page.today} />
      {mayAct("away.set", scene.actor).ok ? (
        <AwayForm {...page} typed={typed} proof={proofOf(scene, HERE)} />
      ) : (
        <p className="soft">{say("away.no-role")}</p>
      )}
    </Frame>
  )
}

export default inFrame(AwayPage)
