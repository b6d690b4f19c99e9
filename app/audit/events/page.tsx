import type { Metadata } from "next"
import Link from "next/link"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readLog, type LogLine } from "@/usecases/audit/read-log"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("log.title") }

const PATHS: Record<string, string> = {
  party: "/parties",
  sharing: "/sharings",
  agreement: "/agreements",
  request: "/requests",
}

export default async function Log({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const before = Number(one(words, "before"))
  const filters = {
    object: one(words, "record"),
    actor: one(words, "person"),
    act: one(words, "act"),
    request: one(words, "request"),
  }
  const page = shown(
    await readLog(scene, {
      before: Number.isSafeInteger(before) && before > 0 ? before : null,
      ...filters,
      from: one(words, "from") || null,
      until: one(words, "until") || null,
    }),
  )
  const older = new URLSearchParams(
    Object.entries({
      record: filters.object,
      person: filters.actor,
      act: filters.act,
      request: filters.request,
      before: String(page.next ?? ""),
    }).filter(([, value]) => value !== ""),
  )
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("log.title")}</h1>
      <p className="soft">
        {say("log.lede", { n: page.size, root: "" })} <code>{page.root}</code>
      </p>
      <section className="card stack">
        <div className="scroll" role="region" aria-label={say("log.caption")} tabIndex={0}>
          <table className="list">
            <caption>{say("log.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("log.index")}</th>
                <th scope="col">{say("log.at")}</th>
                <th scope="col">{say("log.actor")}</th>
                <th scope="col">{say("log.act")}</th>
                <th scope="col">{say("log.about")}</th>
              </tr>
            </thead>
            <tbody>
              {page.lines.map((line) => (
                <Line key={line.index} line={line} name={page.names[line.actorId] ?? line.actorId} />
              ))}
            </tbody>
          </table>
        </div>
        {page.next !== null ? (
          <p>
            <Link className="button" href={`/audit/events?${older}`} prefetch={false}>
              {say("log.older")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

function Line({ line, name }: { line: LogLine; name: string }) {
  return (
    <tr>
      <th scope="row">{line.index}</th>
      <td>
        <At instant={line.at} />
      </td>
      <td>
        <Link href={`/audit/events?person=${line.actorId}`} prefetch={false}>
          {name}
        </Link>
      </td>
      <td>{line.act === "withheld" ? say("log.withheld") : <code>{line.act}</code>}</td>
      <td>
        {line.objects.slice(0, 3).map((object) => {
          const path = PATHS[object.type]
          return (
            <div key={object.id}>
              {path ? (
                <Link href={`${path}/${object.id}`} prefetch={false}>
                  {object.type} {object.version ? `v${object.version}` : ""}
                </Link>
              ) : (
                <span className="soft">{object.type}</span>
              )}
            </div>
          )
        })}
      </td>
    </tr>
  )
}
