import type { Metadata } from "next"
import { WorkOutForm } from "@/components/whatif/result-forms"
import { scenarioWords } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import { addressOf } from "@/domain/whatif/scenario"
import { readScenario } from "@/usecases/whatif/saved"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { Answer, answerAtOnce } from "@/app/what-if/answer"

export const metadata: Metadata = { title: say("whatif.title") }

/** A kept scenario, worked out anew for whoever opens it. */
async function KeptScenario({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const { title, scenario } = shown(await readScenario(scene, { id }))
  if (addressOf(scenario) === null)
    return (
      <Frame scene={scene} current="/what-if">
        <p className="over">{title}</p>
        <h1>{scenarioWords(scenario, "")}</h1>
        <p className="lede">{say(`whatif.assume.${scenario.kind}`)}</p>
        <WorkOutForm supposed={{ scenarioId: id }} />
      </Frame>
    )
  const page = await answerAtOnce(scene, scenario, words)
  const path = `/what-if/saved/${id}`
  const file = `/api/v1/what-if/result?saved=${id}`
  return (
    <Frame scene={scene} current="/what-if">
      <Answer {...{ scene, page, words, path, file }} kept={title} supposed={{ scenario: JSON.stringify(scenario) }} />
    </Frame>
  )
}

export default inFrame(KeptScenario)
