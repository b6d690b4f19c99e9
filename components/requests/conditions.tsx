import { TextArea } from "@/components/ui/field"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type ConditionView = {
  id: string
  stage: string
  ownerId: string
  dueOn: string
  words: string | null
  lastWords: string | null
  last: string | null
  counts: boolean
  state: "open" | "said" | "missed" | "met" | "lapsed"
  mayMeet: boolean
  mayAnswer: boolean
}

const TONES: Record<ConditionView["state"], Tone> = {
  ...{ open: "review", said: "warn", missed: "bad", met: "good", lapsed: "quiet" },
}

/** What decisions asked for besides: by whom, until when, how it stands, and the next step of whoever may take it. */
export function Conditions(props: {
  requestId: string
  list: readonly ConditionView[]
  names: Readonly<Record<string, string>>
}) {
  if (props.list.length === 0) return null
  return (
    <section className="card stack" id="conditions" aria-label={say("conditions.title")}>
      <h2>{say("conditions.title")}</h2>
      <ul className="plain-list stack">
        {props.list.map((one) => (
          <li key={one.id} className="stack">
            <div>{one.words ?? say("conditions.elsewhere")}</div>
            <div className="row">
              {one.counts ? (
                <StatusTag tone={TONES[one.state]}>{say(`conditions.state.${one.state}`)}</StatusTag>
              ) : (
                <StatusTag tone="quiet">{say("conditions.gone")}</StatusTag>
              )}
              <span className="soft small">
                {say("conditions.of", {
                  name: props.names[one.ownerId] ?? say("talk.somebody"),
                  day: dayWords(one.dueOn),
                  stage: say(`stage.${one.stage}`),
                })}
              </span>
            </div>
            {one.lastWords ? <p className="small">{one.lastWords}</p> : null}
            {one.mayMeet ? <Meet requestId={props.requestId} id={one.id} /> : null}
            {one.mayAnswer ? <Answer requestId={props.requestId} id={one.id} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Meet({ requestId, id }: { requestId: string; id: string }) {
  return (
    <form method="post" action={`/api/v1/requests/${requestId}/conditions/met`} className="stack">
      <input type="hidden" name="conditionId" value={id} />
      <TextArea name="words" id={`meet-${id}`} label={say("conditions.meet-words")} rows={2} required />
      <div>
        <button type="submit">{say("conditions.meet")}</button>
      </div>
    </form>
  )
}

function Answer({ requestId, id }: { requestId: string; id: string }) {
  return (
    <form method="post" action={`/api/v1/requests/${requestId}/conditions/answer`} className="stack">
      <input type="hidden" name="conditionId" value={id} />
      <TextArea name="words" id={`answer-${id}`} label={say("conditions.answer-words")} rows={2} />
      <div className="row">
        <button type="submit" name="turn" value="confirmed">
          {say("conditions.confirm")}
        </button>
        <button type="submit" name="turn" value="sent-back">
          {say("conditions.send-back")}
        </button>
      </div>
    </form>
  )
}
