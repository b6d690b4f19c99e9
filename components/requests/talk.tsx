import { TextArea } from "@/components/ui/field"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Said = { at: string; who: string; what: string; words: string | null }

/** What was said and decided, oldest first, and a place to say more. */
export function Talk(props: {
  requestId: string
  comments: readonly { personId: string; at: string; text: string; legalAdvice: boolean }[]
  decisions: readonly {
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
  names: Record<string, string>
  open: boolean
  lawyer: boolean
}) {
  const all: Said[] = [
    ...props.revisions.map((item) => ({
      at: item.at,
      who: item.act === "request.send-back" ? item.actorId : item.byPerson,
      what: say(item.act === "request.send-back" ? "talk.sent-back" : "talk.submitted", { n: item.n }),
      words: null,
    })),
    ...props.decisions.map((item) => ({
      at: item.at,
      who: item.personId,
      what: [
        ...(item.forPerson ? [say("talk.for", { name: props.names[item.forPerson] ?? "" })] : []),
        say("talk.decided", {
          verdict: say(`decided.${item.verdict}`),
          stage: say(`stage.${item.stage}`),
          n: item.revision,
        }),
      ].join(" "),
      words: item.reasonElsewhere ? say("talk.reason-elsewhere") : item.reasonText,
    })),
    ...props.comments.map((item) => ({
      at: item.at,
      who: item.personId,
      what: item.legalAdvice ? say("talk.advice") : say("talk.said"),
      words: item.text,
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1))
  if (!props.open && all.length === 0) return null
  return (
    <section className="card stack" aria-label={say("request.talk")}>
      <h2>{say("request.talk")}</h2>
      <ol className="timeline">
        {all.map((item, i) => (
          <li key={`${item.at}${i}`}>
            <strong>{props.names[item.who] ?? say("talk.somebody")}</strong> {item.what}{" "}
            <span className="soft small">
              <At instant={item.at} />
            </span>
            {item.words ? <p>{item.words}</p> : null}
          </li>
        ))}
      </ol>
      {props.open ? <Say requestId={props.requestId} lawyer={props.lawyer} /> : null}
    </section>
  )
}

function Say({ requestId, lawyer }: { requestId: string; lawyer: boolean }) {
  return (
    <form method="post" action={`/api/v1/requests/${requestId}/comments`} className="stack">
      <TextArea name="words" label={say("request.say")} required rows={3} />
      {lawyer ? (
        <label className="choice">
          <input type="checkbox" name="legalAdvice" value="yes" />
          {say("request.legal-advice")}
        </label>
      ) : null}
      <div>
        <button type="submit">{say("request.say-go")}</button>
      </div>
    </form>
  )
}
