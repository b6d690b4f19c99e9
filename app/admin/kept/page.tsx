import type { Metadata } from "next"
import { ProofField } from "@/components/people/prove"
import { TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readKeeping } from "@/usecases/asked/clear-answers"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("kept.title") }

const HERE = "/admin/kept"

/** For how long is kept what is not part of the record. */
async function Kept({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const { months, since } = shown(await readKeeping(scene, {}))
  const typed = words.refused ? (await kept(scene, HERE))?.input?.months : undefined
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("kept.title")}</h1>
      <p className="lede">{say("kept.now", { n: months })}</p>
      <RefusedNotice words={words} />
      {words.saved ? (
        <Notice tone="good">
          <p>{say("kept.saved")}</p>
        </Notice>
      ) : null}
      <section className="card stack" aria-labelledby="answers">
        <h2 id="answers">{say("kept.answers")}</h2>
        <p className="soft">{say("kept.answers-lede")}</p>
        <p className="soft">{since ? say("kept.since", { day: dayWords(since.slice(0, 10)) }) : say("kept.usual")}</p>
        <form className="stack" method="post" action="/api/v1/answers-kept">
          <TextField
            name="months"
            type="number"
            label={say("kept.months")}
            value={typeof typed === "string" ? typed : String(months)}
            required
          />
          <ProofField proof={proofOf(scene, HERE)} />
          <div>
            <button className="primary" type="submit">
              {say("kept.save")}
            </button>
          </div>
        </form>
      </section>
    </Frame>
  )
}

export default inFrame(Kept)
