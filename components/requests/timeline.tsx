import { inARow } from "@/components/records/sharing-sentence"
import { At, dayWords } from "@/components/ui/when"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { RecordKind } from "@/domain/records/kinds"
import { labelOf } from "@/domain/records/labels"
import { whyWords } from "./carried-words"
import { SayForm, Thread, type TalkOf } from "./threads"

type Said = {
  key: string
  at: string
  /** Null: the machine did it, of itself. */
  who: string | null
  what: string
  words: string | null
  comment: string | null
}

export type TimelineOf = {
  talk: TalkOf
  decisions: readonly {
    id: string
    personId: string
    forPerson: string | null
    at: string
    verdict: string
    stage: string
    reasonText: string | null
    reasonElsewhere: boolean
    revision: number
  }[]
  revisions: readonly { n: number; byPerson: string; at: string; act: string; actorId: string }[]
  carried: readonly { revision: number; decisionId: string; fate: "kept" | "withdrawn"; because: readonly string[] }[]
  conditionTurns: readonly {
    conditionId: string
    turn: string
    personId: string
    forPerson: string | null
    toPerson: string | null
    at: string
    words: string | null
  }[]
  reminders: readonly {
    at: string
    kind: string
    what: string | null
    stage: string | null
    dueOn: string | null
    people: readonly string[]
  }[]
  /** How the records of the request are called, by id. */
  titles: ReadonlyMap<string, { kind: RecordKind; title: string }>
  me: string
  /** Since when what happened is new to the reader; null: nothing is marked. */
  since: string | null
}

/** Everything that happened with the request in one line of time: edits, decisions, comments, conditions, reminders. */
export function Timeline(props: TimelineOf) {
  const { talk, since, me } = props
  const all = [...edits(props), ...decided(props), ...spoken(props), ...turned(props), ...reminded(props)].sort(
    (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
  )
  if (!talk.speaks && all.length === 0) return null
  const isNew = (one: Said): boolean => since !== null && one.at > since && one.who !== me && one.who !== null
  const fresh = all.filter(isNew)
  return (
    <section className="card stack" id="talk" aria-label={say("request.talk")}>
      <h2>{say("request.talk")}</h2>
      <ol className="timeline">
        {all.map((item) => (
          <li key={item.key} id={item === fresh[0] ? "new" : undefined}>
            <strong>{item.who === null ? say("reminded.by") : (talk.names[item.who] ?? say("talk.somebody"))}</strong>{" "}
            {item.what}{" "}
            <span className="soft small">
              <At instant={item.at} />
            </span>{" "}
            {isNew(item) ? <StatusTag tone="review">{say("look.new")}</StatusTag> : null}
            {item.words ? <p>{item.words}</p> : null}
            {item.comment ? <Whole talk={talk} id={item.comment} /> : null}
          </li>
        ))}
      </ol>
      {talk.speaks ? <SayForm talk={talk} path="" label={say("request.say")} id="words" /> : null}
    </section>
  )
}

/** How many things happened since the reader looked last that others did. */
export function countNew(props: TimelineOf): number {
  const { since, me } = props
  if (since === null) return 0
  return [...edits(props), ...decided(props), ...spoken(props), ...turned(props)].filter(
    (one) => one.at > since && one.who !== me,
  ).length
}

/** The thread of a comment on the request as a whole stands here; one on a field stands beside its field too. */
function Whole({ talk, id }: { talk: TalkOf; id: string }) {
  const head = talk.comments.find((one) => one.id === id)
  return head ? <Thread talk={talk} head={head} /> : null
}

function edits({ revisions, carried, decisions, talk }: TimelineOf): Said[] {
  return revisions.map((item) => {
    const back = item.act === "request.send-back"
    const here = carried.filter((one) => one.revision === item.n)
    const kept = here.filter((one) => one.fate === "kept").length
    const lines = [
      ...(kept ? [say("carried.talk-kept", { n: kept })] : []),
      ...here.flatMap((one) => {
        const was = one.fate === "withdrawn" ? decisions.find((decision) => decision.id === one.decisionId) : undefined
        if (!was) return []
        const name = talk.names[was.personId] ?? say("talk.somebody")
        return [say("carried.talk-withdrawn", { name, stage: say(`stage.${was.stage}`), why: whyWords(one.because) })]
      }),
    ]
    return {
      key: `r${item.n}`,
      at: item.at,
      who: back ? item.actorId : item.byPerson,
      what: say(back ? "talk.sent-back" : "talk.submitted", { n: item.n }),
      words: lines.length ? lines.join(". ") : null,
      comment: null,
    }
  })
}

function decided({ decisions, talk }: TimelineOf): Said[] {
  return decisions.map((item) => ({
    key: item.id,
    at: item.at,
    who: item.personId,
    what: [
      ...(item.forPerson ? [say("talk.for", { name: talk.names[item.forPerson] ?? "" })] : []),
      say("talk.decided", {
        verdict: say(`decided.${item.verdict}`),
        stage: say(`stage.${item.stage}`),
        n: item.revision,
      }),
    ].join(" "),
    words: item.reasonElsewhere ? say("talk.reason-elsewhere") : item.reasonText,
    comment: null,
  }))
}

/** What was said: the first of a thread on the whole request with its thread, all others as a line. */
function spoken({ talk, titles }: TimelineOf): Said[] {
  const about = (path: string): string => {
    const [recordId = "", field] = path.split(".")
    const record = titles.get(recordId)
    const title = record?.title ?? say("talk.somebody")
    if (!field) return say("thread.on-record", { title })
    return say("thread.on", { field: labelOf(record?.kind ?? "", field), title })
  }
  const isBeside = (path: string | null): boolean => path !== null && titles.has(path.split(".")[0] ?? "")
  const comments = talk.comments
    .filter((one) => one.threadId === null || isBeside(one.path))
    .map((one) => ({
      key: one.id,
      at: one.at,
      who: one.personId,
      what: one.path ? about(one.path) : one.legalAdvice ? say("talk.advice") : say("talk.said"),
      // What is said of a field stands beside it; of a record that is not on the page, here.
      words: isBeside(one.path) ? one.text : null,
      comment: isBeside(one.path) || one.threadId !== null ? null : one.id,
    }))
  const turns = talk.turns.map((one) => ({
    key: `${one.commentId}${one.at}`,
    at: one.at,
    who: one.personId,
    what: say(one.turn === "resolved" ? "thread.settled" : "thread.taken-up"),
    words: null,
    comment: null,
  }))
  return [...comments, ...turns]
}

function turned({ conditionTurns, talk }: TimelineOf): Said[] {
  const nameOf = (id: string | null): string => (id && talk.names[id]) || say("talk.somebody")
  return conditionTurns.map((one) => ({
    key: `${one.conditionId}${one.at}`,
    at: one.at,
    who: one.personId,
    what: [
      ...(one.forPerson ? [say("talk.for", { name: nameOf(one.forPerson) })] : []),
      say(`conditions.turn.${one.turn}`, { to: nameOf(one.toPerson) }),
    ].join(" "),
    words: one.words,
    comment: null,
  }))
}

const MANY_NAMES = 5

/** Whom the machine reminded, of which stage or condition, due when. */
function reminded({ reminders, talk }: TimelineOf): Said[] {
  return reminders.map((one) => {
    const names = one.people.slice(0, MANY_NAMES).map((id) => talk.names[id] ?? say("talk.somebody"))
    const more = one.people.length - names.length
    const who = more > 0 ? say("reminded.more", { names: names.join(", "), more }) : inARow(names)
    return {
      key: `m${one.at}${one.kind}${one.what}${one.stage}`,
      ...{ at: one.at, who: null, words: null, comment: null },
      what: say(`reminded.${one.kind}${one.what ? `.${one.what}` : ""}`, {
        who,
        stage: one.stage ? say(`stage.${one.stage}`) : "",
        day: one.dueOn ? dayWords(one.dueOn) : "",
      }),
    }
  })
}
