import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { firstPart } from "@/components/whatif/result"
import { WorkOutForm } from "@/components/whatif/result-forms"
import { counted, scenarioWords } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import { addressOf } from "@/domain/whatif/scenario"
import { readRun, readRunScenario, type RunPage } from "@/usecases/whatif/runs"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { Answer, placeIn } from "@/app/what-if/answer"

export const metadata: Metadata = { title: say("whatif.title") }

/** A scenario that is worked out in the background: how far it is, then what came of it. Safe to leave. */
async function Run({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const place = placeIn(words)
  const found = await readRun(scene, { runId: id, ...place, change: place.change })
  if (!found.ok) return NotMine({ scene, id })
  const run = place.change ? found.value : await firstPage(scene, found.value)
  if (run.state === "done" && run.summary)
    return (
      <Frame scene={scene} current="/what-if">
        <Answer
          {...{ scene, page: run, words, path: `/what-if/runs/${id}`, file: `/api/v1/what-if/result?run=${id}` }}
          supposed={{ runId: id }}
        />
        <p className="soft small">
          {say("whatif.worked-at")} <At instant={run.at} />
        </p>
      </Frame>
    )
  return (
    <Frame scene={scene} current="/what-if">
      <h1>{scenarioWords(run.scenario, run.subject)}</h1>
      <Progress run={run} />
    </Frame>
  )
}

async function firstPage(scene: Parameters<typeof readRun>[0], run: RunPage): Promise<RunPage> {
  if (!run.summary) return run
  return shown(await readRun(scene, { runId: run.id, change: firstPart(run.summary) }))
}

function Progress({ run }: { run: RunPage }) {
  if (run.state === "cancelled" || run.state === "failed")
    return (
      <Notice tone={run.state === "failed" ? "bad" : "review"}>
        <p>{say(`whatif.${run.state}`)}</p>
        <WorkOutForm supposed={{ runId: run.id }} />
      </Notice>
    )
  return (
    <section className="card stack" role="status">
      <meta httpEquiv="refresh" content="1" />
      <p>{say("whatif.running", { done: counted(run.done), total: counted(run.total) })}</p>
      <progress aria-label={say(`whatif.state.${run.state}`)} value={run.done} max={Math.max(run.total, 1)} />
      <p className="soft small">{say("whatif.leave")}</p>
      <form method="post" action="/api/v1/what-if/runs/cancel">
        <input type="hidden" name="runId" value={run.id} />
        <button type="submit">{say("whatif.cancel")}</button>
      </form>
    </section>
  )
}

/** Somebody else's run: the same scenario, worked out for the one who opens it. */
async function NotMine({ scene, id }: { scene: Awaited<ReturnType<typeof signedIn>>; id: string }) {
  const { scenario, subject } = shown(await readRunScenario(scene, { runId: id }))
  const address = addressOf(scenario)
  if (address !== null) redirect(address)
  return (
    <Frame scene={scene} current="/what-if">
      <h1>{scenarioWords(scenario, subject)}</h1>
      <p className="lede">{say("whatif.not-mine")}</p>
      <WorkOutForm supposed={{ runId: id }} />
    </Frame>
  )
}

export default inFrame(Run)
