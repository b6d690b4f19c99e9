import type { Metadata } from "next"
import Link from "next/link"
import { DaySwitch } from "@/components/shell/day-switch"
import { At } from "@/components/ui/when"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { listRefusals } from "@/usecases/audit/list-refusals"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("refusals.title") }

async function Refusals({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  const words = await searchParams
  const before = Number(one(words, "before"))
  const clocks = clocksOf(one(words, "as-of"), "")
  const page = shown(
    await listRefusals(scene, {
      before: Number.isSafeInteger(before) && before > 0 ? before : null,
      asOf: clocks.asOf,
    }),
  )
  const past = pastOf("/audit/refusals", clocks)
  return (
    <Frame scene={scene} current="/audit/refusals" past={past ? { ...past, other: null } : null}>
      <div className="row between">
        <h1>{say("refusals.title")}</h1>
        <div className="row">
          <DaySwitch path="/audit/refusals" keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={null} />
          <a className="button compact" href={withClocks("/api/v1/audit/answers/attempts.csv", clocks)} download>
            {say("answers.csv")}
          </a>
        </div>
      </div>
      <p className="lede soft">{say("refusals.lede")}</p>
      <section className="card stack">
        {page.lines.length === 0 ? <p className="soft">{say("refusals.none")}</p> : null}
        {page.lines.length ? (
          <div className="scroll" role="region" aria-label={say("refusals.title")} tabIndex={0}>
            <table className="list">
              <thead>
                <tr>
                  {["log.at", "log.actor", "refusals.tried", "refusals.why"].map((key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.lines.map((line) => (
                  <tr key={line.id}>
                    <td>
                      <At instant={line.at} />
                    </td>
                    <td>{line.actorId ? (page.names[line.actorId] ?? line.actorId) : say("refusals.nobody")}</td>
                    <td>{`act.${line.act}` in CATALOGUE ? say(`act.${line.act}`) : line.act}</td>
                    <td>{say(line.says)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {page.next ? (
          <p>
            <Link className="button" href={withClocks(`/audit/refusals?before=${page.next}`, clocks)} prefetch={false}>
              {say("log.older")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Refusals)
