import Link from "next/link"
import { TextArea } from "@/components/ui/field"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type CommentView = {
  id: string
  personId: string
  at: string
  text: string
  path: string | null
  threadId: string | null
  legalAdvice: boolean
}
export type TurnView = { commentId: string; turn: "resolved" | "reopened"; personId: string; at: string }

/** What the threads of a request are made of, and who may take part. */
export type TalkOf = {
  requestId: string
  comments: readonly CommentView[]
  turns: readonly TurnView[]
  names: Readonly<Record<string, string>>
  /** Whether this person may say something; and of a field, while the request goes on. */
  speaks: boolean
  ended: boolean
  lawyer: boolean
  /** Whom one may name here. */
  nameable: { all: readonly string[]; on: Readonly<Record<string, readonly string[]>> }
  /** The place that the address opens for a comment. */
  saying: string
  /** What was typed before a form of this page was refused. */
  typed: Readonly<Record<string, string | string[]>>
}

/** Whether a thread is settled. */
export function isSettled(turns: readonly TurnView[], id: string): boolean {
  return turns.filter((turn) => turn.commentId === id).at(-1)?.turn === "resolved"
}

/** Threads on one place, and the way to begin one there. A settled one is folded. */
export function FieldTalk({ talk, path, label }: { talk: TalkOf; path: string; label: string }) {
  const heads = talk.comments.filter((one) => one.path === path && one.threadId === null)
  const address = `/requests/${talk.requestId}?say=${path}#field-${path}`
  return (
    <>
      {heads.length ? (
        <div className="stack" role="group" aria-label={say("field.thread", { field: label })}>
          {heads.map((head) => (
            <Thread key={head.id} talk={talk} head={head} />
          ))}
        </div>
      ) : null}
      {talk.speaks && talk.saying === path ? (
        <SayForm talk={talk} path={path} label={say("field.say", { field: label })} id={`say-${path}`} />
      ) : talk.speaks && !talk.ended ? (
        <Link
          className="small tall field-say"
          prefetch={false}
          href={address}
          data-row={path}
          aria-label={say("field.comment-on", { field: label })}
        >
          {say("field.comment")}
        </Link>
      ) : null}
    </>
  )
}

/** One thread: what was said, in order, whether it is settled, and the way to answer or to settle it. */
export function Thread({ talk, head }: { talk: TalkOf; head: CommentView }) {
  const settled = isSettled(talk.turns, head.id)
  const all = [head, ...talk.comments.filter((one) => one.threadId === head.id)]
  const body = (
    <>
      <ol className="plain-list">
        {all.map((one) => (
          <li key={one.id}>
            <strong>{talk.names[one.personId] ?? say("talk.somebody")}</strong>{" "}
            {one.legalAdvice ? <span className="soft">{say("talk.advice")} </span> : null}
            <span className="soft small">
              <At instant={one.at} />
            </span>
            <p>{one.text}</p>
          </li>
        ))}
      </ol>
      {talk.speaks ? <ThreadActs talk={talk} head={head} settled={settled} /> : null}
    </>
  )
  return settled ? (
    <details className="thread" id={`thread-${head.id}`}>
      <summary className="soft">
        {say("thread.resolved")}: {head.text.slice(0, 60)}
      </summary>
      {body}
    </details>
  ) : (
    <div className="thread" id={`thread-${head.id}`}>
      {body}
    </div>
  )
}

function ThreadActs({ talk, head, settled }: { talk: TalkOf; head: CommentView; settled: boolean }) {
  return (
    <div className="row">
      {settled ? null : (
        <details>
          <summary className="small">{say("thread.answer")}</summary>
          <SayForm
            talk={talk}
            path={head.path ?? ""}
            thread={head.id}
            label={say("thread.answer-label")}
            id={`answer-${head.id}`}
          />
        </details>
      )}
      <form method="post" action={`/api/v1/requests/${talk.requestId}/threads`}>
        <input type="hidden" name="thread" value={head.id} />
        <input type="hidden" name="turn" value={settled ? "reopened" : "resolved"} />
        <button className="compact" type="submit">
          {say(settled ? "thread.reopen" : "thread.resolve")}
        </button>
      </form>
    </div>
  )
}

/** A place to say something: on a field, in a thread, or on the request as a whole. */
export function SayForm(props: { talk: TalkOf; path: string; thread?: string; label: string; id: string }) {
  const { talk, path, thread, label, id } = props
  const record = path.split(".")[0] ?? ""
  const { typed } = talk
  const mine = typeof typed.words === "string" && (typed.path ?? "") === path && (typed.thread ?? "") === (thread ?? "")
  const people = talk.nameable.on[record] ?? talk.nameable.all
  return (
    <form method="post" action={`/api/v1/requests/${talk.requestId}/comments`} className="stack">
      <input type="hidden" name="path" value={path} />
      {thread ? <input type="hidden" name="thread" value={thread} /> : null}
      <TextArea
        name="words"
        id={id}
        label={label}
        help={say("thread.name-help")}
        required
        rows={3}
        value={mine ? String(typed.words) : ""}
      />
      {talk.lawyer && !thread ? (
        <label className="choice">
          <input type="checkbox" name="legalAdvice" value="yes" />
          {say("request.legal-advice")}
        </label>
      ) : null}
      {people.length ? (
        <details>
          <summary className="soft small">{say("thread.who")}</summary>
          <p className="small">{people.map((name) => `@${name}`).join(", ")}</p>
        </details>
      ) : null}
      <div>
        <button type="submit">{say(thread || path ? "field.send" : "request.say-go")}</button>
      </div>
    </form>
  )
}
