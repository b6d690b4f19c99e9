import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { About, actWords, Who } from "@/components/audit/log-table"
import { memberWords } from "@/components/audit/member-words"
import { Difference } from "@/components/records/difference"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Member } from "@/domain/audit/members"
import { isRecordKind } from "@/usecases/register/records"
import { readEvent, type EventPage } from "@/usecases/audit/read-event"
import { readRecord } from "@/usecases/register/read-record"
import type { Scene } from "@/usecases/scene"
import { clocksOf } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"
import { readerOf } from "@/app/record-page"

export const metadata: Metadata = { title: say("event.title") }

/** Of so many records what the entry changed is shown field by field; the others are led to. */
const SHOWN = 5

/** One entry of the log: who, when, what it changed, and how it is proved. */
async function Event({ params }: { params: Promise<{ index: string }> }) {
  const { index } = await params
  const scene = await signedIn()
  if (!/^(0|[1-9]\d{0,14})$/.test(index)) notFound()
  const page = shown(await readEvent(scene, { index: Number(index) }))
  const { line, names, titles, members } = page
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("event.entry", { n: line.index })}</h1>
      <p className="lede">
        {actWords(line.act)}, <At instant={line.at} />
      </p>
      <section className="card stack" aria-label={say("event.what")}>
        <dl>
          <dt>{say("log.actor")}</dt>
          <dd>
            <Who id={line.actorId} names={names} />
            {line.forId ? ` ${say("talk.for", { name: names[line.forId] ?? line.forId })}` : ""}
          </dd>
          <dt>{say("log.about")}</dt>
          <dd>
            <ul className="plain-list">
              {line.objects.slice(0, 50).map((object) => (
                <About key={object.type + object.id} object={object} title={titles[object.id] ?? names[object.id]} />
              ))}
            </ul>
          </dd>
        </dl>
      </section>
      {await Changes({ scene, page })}
      {members.length ? <Members act={line.act} members={members} names={names} /> : null}
      <Proof page={page} />
    </Frame>
  )
}

/** Records that came into force with it: the version before against the one it made. */
async function Changes({ scene, page }: { scene: Scene; page: EventPage }) {
  const made = page.line.objects.filter((one) => one.version && isRecordKind(one.type)).slice(0, SHOWN)
  const parts = await Promise.all(
    made.map(async ({ id, version }) => {
      const read = await readRecord(scene, { id, asOf: null, on: null })
      const after = read.ok ? read.value.versions.find((one) => one.version === version) : undefined
      if (!read.ok || !after) return null
      const before = read.value.versions.find((one) => one.version === (version ?? 0) - 1)
      const { names } = readerOf(read.value, clocksOf("", ""))
      return (
        <section className="card stack" key={id} aria-label={names.get(id) ?? id}>
          <h2>{names.get(id) ?? say("event.changed")}</h2>
          <Difference kind={after.kind} before={before?.body ?? null} after={after.body} names={names} />
        </section>
      )
    }),
  )
  return <>{parts}</>
}

function Members(props: { act: string; members: readonly Member[]; names: Readonly<Record<string, string>> }) {
  const { act, members, names } = props
  const told = (said: Member["before"]) => {
    if (said === null) return "–"
    if ("committed" in said) return <span className="soft">{say("event.committed")}</span>
    return names[said.text] ?? said.text
  }
  return (
    <section className="card stack" aria-labelledby="members">
      <h2 id="members">{say("event.changed")}</h2>
      <div className="scroll" role="region" aria-label={say("event.changed")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["member", "before", "after"].map((column) => (
                <th key={column} scope="col">
                  {say(`event.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((one) => (
              <tr key={one.path}>
                <th scope="row">{memberWords(act, one.path)}</th>
                <td data-label={say("event.before")} className="wrap">
                  {told(one.before)}
                </td>
                <td data-label={say("event.after")} className="wrap">
                  {told(one.after)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** The place, the hash, the way to the signed root, and how to check it without us. */
function Proof({ page: { line, proof } }: { page: EventPage }) {
  return (
    <section className="card stack" aria-labelledby="proof">
      <h2 id="proof">{say("event.proof")}</h2>
      <dl>
        <dt>{say("event.place")}</dt>
        <dd>{line.index}</dd>
        <dt>{say("event.hash")}</dt>
        <dd>
          <code className="wrap">{line.hash}</code>
        </dd>
        <dt>{say("event.signed")}</dt>
        <dd>
          {proof ? say("event.signed-by", { n: proof.size, at: instantWords(proof.at) }) : say("log.not-signed-yet")}
        </dd>
      </dl>
      {proof ? (
        <>
          <p>
            <a className="button" href={`/api/v1/log/proofs/${line.index}`} download>
              {say("event.take")}
            </a>
          </p>
          <details>
            <summary className="more">{say("event.path", { n: proof.path.length })}</summary>
            <ol>
              {proof.path.map((hash) => (
                <li key={hash}>
                  <code className="wrap">{hash}</code>
                </li>
              ))}
            </ol>
          </details>
          <details>
            <summary className="more">{say("event.how")}</summary>
            <ol>
              {["1", "2", "3", "4"].map((step) => (
                <li key={step}>{say(`event.how.${step}`)}</li>
              ))}
            </ol>
          </details>
        </>
      ) : null}
      {line.bytes ? (
        <details>
          <summary className="more">{say("event.bytes")}</summary>
          <pre className="wrap">{line.bytes}</pre>
        </details>
      ) : (
        <p className="soft">{say("event.withheld")}</p>
      )}
    </section>
  )
}

export default inFrame(Event)
