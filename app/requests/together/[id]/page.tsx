import type { Metadata } from "next"
import Link from "next/link"
import { TogetherResults } from "@/components/requests/together-results"
import { say } from "@/components/words/catalogue"
import { readTogether } from "@/usecases/requests/decide-together"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("together.results") }

async function TogetherResult({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const scene = await signedIn()
  const { bulk, lines } = shown(await readTogether(scene, { id }))
  const count = (state: string): number => lines.filter((line) => line.state === state).length
  const counts = { taken: count("taken"), refused: count("refused"), waiting: count("waiting"), n: lines.length }
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("together.results")}</h1>
      <p className="lede" role="status">
        {say(`verdict.${bulk.verdict}`)}: {say(bulk.doneAt === null ? "together.going" : "together.done", counts)}
      </p>
      {bulk.doneAt === null ? (
        <p>
          <Link className="button" href={`/requests/together/${id}`} prefetch={false}>
            {say("together.again")}
          </Link>
        </p>
      ) : null}
      <section className="card">
        <TogetherResults lines={lines} />
      </section>
      <p className="row">
        <Link className="tall" href="/requests/together" prefetch={false}>
          {say("together.title")}
        </Link>
        <Link className="tall" href="/requests" prefetch={false}>
          {say("together.back")}
        </Link>
      </p>
    </Frame>
  )
}

export default inFrame(TogetherResult)
