import { FileWay, fileOption, type FileHeld, type HeldById } from "@/components/files/file-way"
import Link from "next/link"
import { Steps } from "./steps"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { LETTER_WAYS, lastBefore, type Effect, type LetterKind } from "@/domain/agreements/letters"
import type { Step } from "@/domain/agreements/arithmetic"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"

/** The text of a letter, to be changed, taken as PDF, and recorded once it went out. */
export function LetterForms(props: {
  id: string
  kind: LetterKind
  body: Agreement
  draft: string
  today: Day
  sends: boolean
  files: readonly { id: string; name: string; held: FileHeld | null }[]
  typed: (name: string) => string
  wrong: (name: string) => string | null
}) {
  const { id, kind, body, typed, wrong } = props
  const counts = valueOf(body.noticeCounts) ?? "received"
  const form = valueOf(body.noticeForm)
  return (
    <form className="card stack" method="post" action="/api/v1/letters" key={kind}>
      <input type="hidden" name="agreementId" value={id} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="day" value={props.today} />
      <input type="hidden" name="title" value={`${say(`letters.kind.${kind}`)}: ${body.title}`.slice(0, 300)} />
      <p>{form ? say("letters.form", { form }) : say("letters.form-none")}</p>
      <TextArea
        {...{ name: "text", label: say("letters.words"), help: say("letters.words-help"), rows: 18, required: true }}
        value={props.draft}
        error={wrong("text")}
      />
      <div>
        <button type="submit" formAction="/api/v1/letters/pdf" formNoValidate>
          {say("letters.pdf")}
        </button>
      </div>
      {props.sends ? (
        <>
          <h2>{say("letters.sent-title")}</h2>
          <p className="soft">{say(`letters.counts-${counts}`)}</p>
          <SelectField
            {...{ name: "way", label: say("letters.way"), error: wrong("way") }}
            value={typed("way") || LETTER_WAYS[0]}
            options={LETTER_WAYS.map((value) => ({ value, label: say(`letters.way.${value}`) }))}
          />
          <TextField
            {...{ name: "sentOn", label: say("letters.sent-on"), help: say("letters.day-help"), required: true }}
            value={typed("sentOn")}
            error={wrong("sentOn")}
          />
          <TextField
            {...{ name: "receivedOn", label: say("letters.received-on"), help: say("letters.received-help") }}
            value={typed("receivedOn")}
            error={wrong("receivedOn")}
          />
          <SelectField
            {...{ name: "fileId", label: say("letters.proof"), help: say("letters.proof-help") }}
            value={typed("fileId")}
            error={wrong("fileId")}
            options={[{ value: "", label: say("letters.proof-none") }, ...props.files.map(fileOption)]}
          />
          <div>
            <button className="primary" type="submit">
              {say("letters.record")}
            </button>
          </div>
        </>
      ) : null}
    </form>
  )
}

type Sent = {
  id: string
  kind: LetterKind
  way: string
  sentOn: Day
  receivedOn: Day | null
  effectOn: Day | null
  rule: Effect["rule"]
  fileId: string
  fileName: string
  text: string | null
  byName: string
  at: string
  steps: Step[]
}

/** Letters that went out, each with the day on which it takes effect, its proof, and its words. */
export function SentLetters({
  sent,
  agreementId,
  held,
}: {
  sent: readonly Sent[]
  agreementId: string
  held: HeldById
}) {
  if (sent.length === 0) return null
  return (
    <section className="stack" aria-labelledby="sent">
      <h2 id="sent">{say("letters.sent")}</h2>
      {sent.map((letter) => (
        <article key={letter.id} className="card stack">
          <h3>{say(`letters.kind.${letter.kind}`)}</h3>
          <p>{effectWords(letter)}</p>
          {letter.steps.length ? (
            <details className="small">
              <summary className="more">{say("renewals.how")}</summary>
              <Steps steps={letter.steps} />
            </details>
          ) : null}
          <p className="soft">
            {say("letters.went", { way: say(`letters.way.${letter.way}`), day: dayWords(letter.sentOn) })}{" "}
            {letter.receivedOn ? say("letters.arrived", { day: dayWords(letter.receivedOn) }) : ""}{" "}
            {say("letters.by", { by: letter.byName })} <At instant={letter.at} />
          </p>
          <p className="row">
            <FileWay
              id={letter.fileId}
              label={say("letters.proof-open", { name: letter.fileName })}
              name={letter.fileName}
              held={held[letter.fileId]}
            />
            {letter.kind === "termination" && letter.effectOn ? (
              <Link className="tall" href={`/renewals/${agreementId}?way=lapse`} prefetch={false}>
                {say("letters.propose")}
              </Link>
            ) : null}
          </p>
          <details>
            <summary className="more">{say("letters.words")}</summary>
            {letter.text === null ? (
              <p className="soft">{say("desk.erased")}</p>
            ) : (
              <p style={{ whiteSpace: "pre-wrap" }}>{letter.text}</p>
            )}
          </details>
        </article>
      ))}
    </section>
  )
}

function effectWords({ kind, effectOn, rule }: Pick<Sent, "kind" | "effectOn" | "rule">): string {
  if (effectOn === null) return say(`letters.effect.${rule}`)
  if (kind !== "termination") return say("letters.effect.counted", { day: dayWords(effectOn) })
  return say(`letters.effect.${rule}`, { day: dayWords(effectOn), last: dayWords(lastBefore(effectOn)) })
}
