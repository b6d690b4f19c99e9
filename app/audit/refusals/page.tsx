import type { Metadata } from "next"
import Link from "next/link"
import { At } from "@/components/ui/when"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { listRefusals } from "@/usecases/audit/list-refusals"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("refusals.title") }

async function Refusals({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  const before = Number(one(await searchParams, "before"))
  const page = shown(await listRefusals(scene, { before: Number.isSafeInteger(before) && before > 0 ? before : null }))
  return (
    <Frame scene={scene} current="/audit/refusals">
      <h1>{say("refusals.title")}</h1>
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
            <Link className="button" href={`/audit/refusals?before=${page.next}`} prefetch={false}>
              {say("log.older")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Refusals)
