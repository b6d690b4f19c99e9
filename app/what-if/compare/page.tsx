import type { Metadata } from "next"
import Link from "next/link"
import { Summed } from "@/components/whatif/result"
import { WorkOutForm } from "@/components/whatif/result-forms"
import { SharingList } from "@/components/whatif/sharing-list"
import { counted } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import { compareScenarios, PARTS, type Part, type Side } from "@/usecases/whatif/compare-kept"
import { readScenario } from "@/usecases/whatif/saved"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("whatif.compare-title") }

/** Two kept scenarios side by side: what each uncovers, what both do, what only one; a page of sharings at a time. */
async function Compare({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const a = shown(await readScenario(scene, { id: one(words, "a") }))
  const b = shown(await readScenario(scene, { id: one(words, "b") }))
  const part = PARTS.find((known) => known === one(words, "part")) ?? "both"
  const after = /^\d{1,7}$/.test(one(words, "after")) ? Number(one(words, "after")) : 0
  const found = shown(await compareScenarios(scene, { a: a.scenario, b: b.scenario, part, after }))
  const to = (over: Record<string, string>): string =>
    `/what-if/compare?${new URLSearchParams({ a: a.id, b: b.id, part, ...over })}`
  const titles: Record<Part, string> = {
    both: say("whatif.compare-both"),
    a: say("whatif.compare-only-of", { title: a.title }),
    b: say("whatif.compare-only-of", { title: b.title }),
  }
  return (
    <Frame scene={scene} current="/what-if">
      <h1>{say("whatif.compare-title")}</h1>
      <div className="beside">
        <OneSide kept={a} side={found.a} />
        <OneSide kept={b} side={found.b} />
      </div>
      {found.ready ? (
        <section className="card stack" aria-labelledby="part">
          <nav className="tabs" aria-label={say("whatif.compare-parts")}>
            {(["both", "a", "b"] as const).map((known) => (
              <Link
                key={known}
                href={to({ part: known })}
                aria-current={known === part ? "page" : undefined}
                prefetch={false}
              >
                {titles[known]}
              </Link>
            ))}
          </nav>
          <h2 id="part">{titles[part]}</h2>
          {found.lines.length ? (
            <SharingList lines={found.lines} />
          ) : (
            <p className="soft">{say("whatif.compare-none")}</p>
          )}
          {found.next === null ? null : (
            <p>
              <Link className="button" href={to({ after: String(found.next) })} prefetch={false}>
                {say("list.more")}
              </Link>
            </p>
          )}
        </section>
      ) : (
        <p className="soft">{say("whatif.compare-not-yet")}</p>
      )}
    </Frame>
  )
}

function OneSide({ kept, side }: { kept: { id: string; title: string }; side: Side }) {
  const { run, summary } = side
  return (
    <section className="card stack" aria-labelledby={`side-${kept.id}`}>
      <h2 id={`side-${kept.id}`}>
        <Link href={`/what-if/saved/${kept.id}`} prefetch={false}>
          {kept.title}
        </Link>
      </h2>
      {summary ? <Summed summary={summary} /> : null}
      {!summary && run && run.state !== "cancelled" ? (
        <>
          <p>{say("whatif.compare-running", { done: counted(run.done), total: counted(run.total) })}</p>
          <p>
            <Link className="tall" href={`/what-if/runs/${run.id}`} prefetch={false}>
              {say("whatif.compare-run")}
            </Link>
          </p>
        </>
      ) : null}
      {!summary && (!run || run.state === "cancelled") ? (
        <>
          <p>{say("whatif.compare-large")}</p>
          <WorkOutForm supposed={{ scenarioId: kept.id }} />
        </>
      ) : null}
    </section>
  )
}

export default inFrame(Compare)
