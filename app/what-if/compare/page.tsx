import type { Metadata } from "next"
import Link from "next/link"
import { Summed } from "@/components/whatif/result"
import { say } from "@/components/words/catalogue"
import type { Affected } from "@/domain/whatif/result"
import { readWhatIf, type WhatIf } from "@/usecases/whatif/read-what-if"
import { readScenario } from "@/usecases/whatif/saved"
import { AT_ONCE } from "@/usecases/whatif/work-out"
import type { Scene } from "@/usecases/scene"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("whatif.compare-title") }

type Side = { id: string; title: string; page: WhatIf; uncovered: Affected[] }

/** Two kept scenarios side by side: what each uncovers, what both do, what only one. */
async function Compare({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const [a, b] = await Promise.all([sideOf(scene, one(words, "a")), sideOf(scene, one(words, "b"))])
  const inBoth = a.uncovered.filter((line) => b.uncovered.some((other) => other.id === line.id))
  return (
    <Frame scene={scene} current="/what-if">
      <h1>{say("whatif.compare-title")}</h1>
      <div className="beside">
        {[
          { side: a, other: b },
          { side: b, other: a },
        ].map(({ side, other }, i) => (
          <section className="card stack" key={`${side.id}${i}`} aria-labelledby={`side-${i}`}>
            <h2 id={`side-${i}`}>
              <Link href={`/what-if/saved/${side.id}`} prefetch={false}>
                {side.title}
              </Link>
            </h2>
            {side.page.summary ? <Summed summary={side.page.summary} /> : <p>{say("whatif.compare-large")}</p>}
            <h3>{say("whatif.compare-only")}</h3>
            <Sharings lines={side.uncovered.filter((line) => !other.uncovered.some((one) => one.id === line.id))} />
          </section>
        ))}
      </div>
      <section className="card stack" aria-labelledby="both">
        <h2 id="both">{say("whatif.compare-both")}</h2>
        <Sharings lines={inBoth} />
      </section>
    </Frame>
  )
}

async function sideOf(scene: Scene, id: string): Promise<Side> {
  const { title, scenario } = shown(await readScenario(scene, { id }))
  const page = shown(await readWhatIf(scene, { scenario, change: "uncovered", size: AT_ONCE }))
  return { id, title, page, uncovered: page.lines }
}

function Sharings({ lines }: { lines: readonly Affected[] }) {
  if (lines.length === 0) return <p className="soft">{say("whatif.compare-none")}</p>
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <li key={line.id}>
          <Link className="tall" href={`/sharings/${line.id}`} prefetch={false}>
            {line.title}
          </Link>{" "}
          <span className="soft">{line.partyName}</span>
        </li>
      ))}
    </ul>
  )
}

export default inFrame(Compare)
