import Link from "next/link"
import { makeAddress } from "@/components/templates/paper-page"
import { Notice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import type { Agreement } from "@/domain/records/agreement"
import type { Scene } from "@/usecases/scene"
import { newestBack, papersSent, type SentLine } from "@/usecases/templates/came-back"

type Props = {
  scene: Scene
  recordId: string
  body: Agreement
  /** The request whose draft or revision is shown; null: the agreement in force. */
  requestId: string | null
  /** Whether this is one's own draft: then what came back is recorded in it. */
  editing: boolean
  /** Whether a paper can be made from what is shown. */
  makes: boolean
}

/** Papers that were made from our templates for an agreement, and how the newest file that came since stands to each. */
export async function PapersSent({ scene, recordId, body, requestId, editing, makes }: Props) {
  const found = await papersSent(scene, { recordId, fileIds: body.files.map(({ fileId }) => fileId) })
  const lines = found.ok ? found.value : []
  const may = makes && scene.actor !== null && mayAct("paper.make", scene.actor).ok
  if (lines.length === 0 && !may) return null
  const back = lines.findIndex(({ since }) => since.length > 0)
  return (
    <section className="card stack" aria-labelledby={`sent-${recordId}`} id="sent">
      <div className="row between">
        <h2 id={`sent-${recordId}`}>{say("sent.title")}</h2>
        {may ? (
          <Link className="button compact" href={makeAddress(recordId, editing ? requestId : null)} prefetch={false}>
            {say("make.link")}
          </Link>
        ) : null}
      </div>
      {requestId !== null && lines.length ? <p className="soft">{body.title}</p> : null}
      {lines.map((line, i) => (
        <article key={line.id} className="stack">
          <p>
            {say("sent.made", { title: line.templateTitle, n: line.templateN, by: line.byName })},{" "}
            <At instant={line.at} />
            {line.missing ? `, ${say("sent.missing", { n: line.missing })}` : ""}
          </p>
          <p>
            <a className="tall" href={`/api/v1/files/${line.fileId}`} download>
              {say("sent.open", { name: line.fileName })}
            </a>
          </p>
          {i === back ? (
            <CameBack {...{ scene, line, recordId, body, requestId, editing }} />
          ) : line.since.length === 0 ? (
            <p className="soft">{say("sent.none-back")}</p>
          ) : null}
        </article>
      ))}
    </section>
  )
}

type BackProps = Omit<Props, "makes"> & { line: SentLine }

async function CameBack({ scene, line, recordId, body, requestId, editing }: BackProps) {
  const held = await newestBack(scene, line)
  if (!held) return null
  const { fileId } = held
  const name = body.files.find((file) => file.fileId === fileId)?.name ?? ""
  if (!held.ok) return <p>{say("sent.not-read", { why: say(held.says, held.params) })}</p>
  const { back, marks } = held.value
  const there = marks.filter(({ found }) => found === "there").length
  const noted = body.cameBack?.paperId === line.id && body.cameBack.fileId === fileId ? body.cameBack : null
  const filled = back.is === "no-text" ? [] : back.filled
  return (
    <Notice tone={back.is === "same" ? "good" : "warn"}>
      <p>{say("sent.again", { name })}</p>
      <p>
        {back.is === "no-text"
          ? say("sent.no-text")
          : back.is === "changed"
            ? back.changes
              ? say("sent.changed", { n: back.changes.length })
              : say("sent.changed-far")
            : filled.length
              ? say("sent.same-filled", { filled: filled.join("; ") })
              : say("sent.same")}
      </p>
      {back.is === "no-text" ? null : <p>{say("sent.clauses", { n: there })}</p>}
      {back.is === "same" ? null : (
        <p>{noted?.lookedOn ? say("sent.looked-on", { day: dayWords(noted.lookedOn) }) : say("sent.not-looked")}</p>
      )}
      <div className="row">
        {back.is === "no-text" ? null : (
          <Link
            className="button compact"
            href={`/papers/compare?older=${line.fileId}&newer=${fileId}&paper=${line.id}`}
            prefetch={false}
          >
            {say("sent.compare")}
          </Link>
        )}
        {editing && requestId ? (
          <form method="post" action={`/api/v1/requests/${requestId}/papers/${recordId}/tied`}>
            <button type="submit">{say(back.is === "no-text" ? "sent.tie-hold" : "sent.tie")}</button>
          </form>
        ) : null}
        {editing && requestId && noted && back.is !== "same" && noted.lookedOn === null ? (
          <form method="post" action={`/api/v1/requests/${requestId}/papers/${recordId}/looked`}>
            <button type="submit">{say(back.is === "no-text" ? "sent.looked-read" : "sent.looked")}</button>
          </form>
        ) : null}
      </div>
    </Notice>
  )
}
