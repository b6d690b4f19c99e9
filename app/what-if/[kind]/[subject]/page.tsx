import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { say } from "@/components/words/catalogue"
import { addressOf, scenarioShape, typedScenario } from "@/domain/whatif/scenario"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn, type Words } from "@/app/page-frame"
import { Answer, answerAtOnce } from "@/app/what-if/answer"

export const metadata: Metadata = { title: say("whatif.title") }

/** A scenario at its address: all that is supposed stands in it, and the result is the reader's own. */
async function WhatIfAnswer({
  params,
  searchParams,
}: {
  params: Promise<{ kind: string; subject: string }>
  searchParams: Words
}) {
  const { kind, subject } = await params
  const words = await searchParams
  const scene = await signedIn()
  const scenario = scenarioShape.safeParse(typedScenario(kind, decodeURIComponent(subject), words))
  const path = scenario.success ? addressOf(scenario.data) : null
  if (!scenario.success || path === null) notFound()
  const page = await answerAtOnce(scene, scenario.data, words)
  const file = `/api/v1/what-if/result?${new URLSearchParams({ kind, subject: decodeURIComponent(subject) })}&${path.split("?")[1] ?? ""}`
  return (
    <Frame scene={scene} current="/what-if">
      <Answer {...{ scene, page, words, path, file }} supposed={{ scenario: JSON.stringify(scenario.data) }} />
    </Frame>
  )
}

export default inFrame(WhatIfAnswer)
