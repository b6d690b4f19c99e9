import type { Metadata } from "next"
import Link from "next/link"
import { driftWords, whereHeld } from "@/components/desk/drift-words"
import { say } from "@/components/words/catalogue"
import type { DriftLine, Side } from "@/domain/promises/drift"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { termOf } from "@/domain/vocabulary/term"
import { readDrift, type DriftPage } from "@/usecases/desk/read-drift"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("drift.title") }

const WHATS = ["recipient", "data", "country"] as const
const APART: readonly Side[] = ["held-only", "named-only"]

async function Drift() {
  const scene = await signedIn()
  const page = shown(await readDrift(scene, {}))
  const count = (side: Side): number => page.lines.filter((line) => line.side === side).length
  const [held, named] = [count("held-only"), count("named-only")]
  return (
    <Frame scene={scene} current="/promises/drift">
      <h1>{say("drift.title")}</h1>
      <p className="lede">{held + named === 0 ? say("drift.clean") : say("drift.some", { held, named })}</p>
      <p className="soft">{say("drift.lede")}</p>
      {WHATS.map((what) => (
        <Part key={what} page={page} what={what} />
      ))}
    </Frame>
  )
}

function Part({ page, what }: { page: DriftPage; what: DriftLine["what"] }) {
  const mine = page.lines.filter((line) => line.what === what)
  const both = mine.filter((line) => line.side === "both")
  return (
    <section className="card stack" aria-labelledby={what}>
      <h2 id={what}>{say(`drift.${what}`)}</h2>
      {what === "data" ? <p className="soft">{compared(page)}</p> : null}
      {what === "country" ? <p className="soft">{say("drift.countries-help")}</p> : null}
      {APART.map((side) => (
        <OneSide key={side} page={page} what={what} side={side} lines={mine.filter((line) => line.side === side)} />
      ))}
      <details>
        <summary>
          {say("drift.both")} {both.length}
        </summary>
        <OneSide page={page} what={what} side="both" lines={both} />
      </details>
    </section>
  )
}

function compared(page: DriftPage): string {
  const kinds = page.dataNamedFor.map((kind) => termOf(PARTY_KINDS, kind)?.label ?? kind)
  return kinds.length ? say("drift.compared", { kinds: kinds.join(", ") }) : say("drift.not-compared")
}

type SideProps = { page: DriftPage; what: DriftLine["what"]; side: Side; lines: readonly DriftLine[] }

function OneSide({ page, what, side, lines }: SideProps) {
  const caption = say(`drift.${side}`)
  if (lines.length === 0)
    return (
      <div>
        <h3>{caption}</h3>
        <p className="soft">{say("drift.none")}</p>
      </div>
    )
  return (
    <div className="scroll" role="region" aria-label={`${say(`drift.${what}`)}: ${caption}`} tabIndex={0}>
      <table className="list">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say("drift.what")}</th>
            <th scope="col">{say("drift.by")}</th>
            <th scope="col">{say("drift.flows")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.code}`}>
              <th scope="row">{driftWords(line)}</th>
              <td data-label={say("drift.by")}>
                {line.clauses.join(", ")}
                {line.notices.map((id) => (
                  <div key={id}>
                    <Link href={`/evidence/${id}`} prefetch={false}>
                      {page.notices[id]}
                    </Link>
                  </div>
                ))}
                {line.clauses.length + line.notices.length === 0 ? (
                  <span className="soft">{say("drift.nobody")}</span>
                ) : null}
              </td>
              <td data-label={say("drift.flows")}>
                {line.flows ? (
                  <Link href={whereHeld(line)} prefetch={false} aria-label={`${driftWords(line)}: ${line.flows}`}>
                    {line.flows}
                  </Link>
                ) : (
                  0
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default inFrame(Drift)
