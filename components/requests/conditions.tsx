import { FileWay, type HeldById } from "@/components/files/file-way"
import { SelectField, TextArea } from "@/components/ui/field"
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
  lastFiles: readonly { id: string; name: string }[]
  last: string | null
  counts: boolean
  state: "open" | "said" | "missed" | "met" | "lapsed"
  mayMeet: boolean
  mayAnswer: boolean
  answersFor: string | null
  mayGive: boolean
}

const TONES: Record<ConditionView["state"], Tone> = {
  ...{ open: "review", said: "warn", missed: "bad", met: "good", lapsed: "quiet" },
}

/** What decisions asked for besides: by whom, until when, how it stands, and the next step of whoever may take it. */
export function Conditions(props: {
  requestId: string
  list: readonly ConditionView[]
  names: Readonly<Record<string, string>>
  /** Who could be asked to meet one instead. */
  owners: readonly { id: string; name: string }[]
  /** Files that nobody may read now. */
  held: HeldById
  /** What was typed before a form was refused. */
  typed: Readonly<Record<string, string | string[]>>
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
            {one.lastFiles.length ? (
              <ul className="plain-list small" aria-label={say("conditions.files")}>
                {one.lastFiles.map((file) => (
                  <li key={file.id}>
                    <FileWay id={file.id} label={file.name} held={props.held[file.id]} />
                  </li>
                ))}
              </ul>
            ) : null}
            {one.mayMeet ? (
              <Meet requestId={props.requestId} id={one.id} typed={String(props.typed[`met-${one.id}`] ?? "")} />
            ) : null}
            {one.mayAnswer ? <Answer requestId={props.requestId} id={one.id} absent={null} /> : null}
            {one.answersFor ? (
              <Answer
                requestId={props.requestId}
                id={one.id}
                absent={{ id: one.answersFor, name: props.names[one.answersFor] ?? say("talk.somebody") }}
              />
            ) : null}
            {one.mayGive ? (
              <Give
                requestId={props.requestId}
                id={one.id}
                owners={props.owners.filter((person) => person.id !== one.ownerId)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Meet({ requestId, id, typed }: { requestId: string; id: string; typed: string }) {
  return (
    <form
      method="post"
      action={`/api/v1/requests/${requestId}/conditions/met`}
      encType="multipart/form-data"
      className="stack"
    >
      <input type="hidden" name="conditionId" value={id} />
      <TextArea name="words" id={`meet-${id}`} label={say("conditions.meet-words")} rows={2} required value={typed} />
      <div className="field">
        <label htmlFor={`file-${id}`}>{say("conditions.meet-file")}</label>
        <input id={`file-${id}`} type="file" name="file" />
      </div>
      <div>
        <button type="submit">{say("conditions.meet")}</button>
      </div>
    </form>
  )
}

function Answer(props: { requestId: string; id: string; absent: { id: string; name: string } | null }) {
  const { requestId, id, absent } = props
  return (
    <form method="post" action={`/api/v1/requests/${requestId}/conditions/answer`} className="stack">
      <input type="hidden" name="conditionId" value={id} />
      {absent ? <input type="hidden" name="forPerson" value={absent.id} /> : null}
      {absent ? <p className="small">{say("conditions.for", { name: absent.name })}</p> : null}
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

function Give(props: { requestId: string; id: string; owners: readonly { id: string; name: string }[] }) {
  const { requestId, id, owners } = props
  return (
    <details>
      <summary>{say("conditions.give")}</summary>
      <form method="post" action={`/api/v1/requests/${requestId}/conditions/owner`} className="stack">
        <input type="hidden" name="conditionId" value={id} />
        <SelectField
          name="ownerId"
          id={`give-${id}`}
          label={say("conditions.give-to")}
          options={[
            { value: "", label: say("conditions.nobody") },
            ...owners.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <TextArea name="reason" id={`give-why-${id}`} label={say("conditions.give-why")} rows={2} required />
        <div>
          <button type="submit">{say("conditions.give-go")}</button>
        </div>
      </form>
    </details>
  )
}
