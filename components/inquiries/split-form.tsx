import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { DEEPEST, type LetterDraft } from "@/domain/inquiries/draft"
import { HeadFields, type HeadProps } from "./head-fields"

const DRAFT = "/api/v1/inquiries/draft"
const KEEP = "/api/v1/inquiries"

/** The letter pasted, before it is taken apart. */
export function PasteForm(props: HeadProps) {
  const { typed, wrong } = props
  return (
    <form className="card stack" method="post" action={DRAFT} encType="multipart/form-data">
      <HeadFields {...props} />
      <TextArea
        name="text"
        label={say("inquiry.paste")}
        help={say("inquiry.paste-help")}
        rows={14}
        value={typeof typed.text === "string" ? typed.text : ""}
        error={wrong.get("text") ?? null}
        required
      />
      <div>
        <button className="primary" type="submit" name="do" value="split">
          {say("inquiry.split")}
        </button>
      </div>
    </form>
  )
}

/** The questions that were found, each to be corrected, and the head once more. Every button brings all of it along. */
export function SplitForm({ draft, ...head }: HeadProps & { draft: LetterDraft }) {
  const { questions, before } = draft
  const headWrong = [...head.wrong.keys()].some((path) => !/^(?:text|number)\.\d+$|^(?:before|questions)$/.test(path))
  return (
    <form className="stack" method="post" action={DRAFT} encType="multipart/form-data">
      <input type="hidden" name="lines" value={questions.length} />
      <section className="card stack">
        {/* The first button is what Enter presses in a field: it keeps nothing but what is typed. */}
        <div className="row">
          <button type="submit" name="do" value="stay">
            {say("inquiry.stay")}
          </button>
          <button type="submit" name="do" value="again" formNoValidate>
            {say("inquiry.again")}
          </button>
        </div>
        <details open={headWrong}>
          <summary>{say("inquiry.head")}</summary>
          <div className="stack">
            <HeadFields {...head} folded />
          </div>
        </details>
        <TextArea
          name="before"
          label={say("inquiry.before")}
          value={before}
          rows={4}
          error={head.wrong.get("before") ?? null}
        />
      </section>
      <section className="stack" id="questions" aria-labelledby="questions-title" tabIndex={-1}>
        <h2 id="questions-title">{say("inquiry.correct")}</h2>
        {head.wrong.get("questions") ? <p className="error">{say(head.wrong.get("questions") ?? "")}</p> : null}
        {questions.length === 0 ? (
          <div className="card stack">
            <p>{say("inquiry.none-left")}</p>
            <div>
              <button type="submit" name="do" value="add.0" formNoValidate>
                {say("inquiry.add-first")}
              </button>
            </div>
          </div>
        ) : null}
        <ol className="plain-list stack">
          {questions.map((one, at) => (
            // Places, not texts, name the lines: the page comes anew with every button.
            <li key={at}>
              <Line one={one} at={at} last={at === questions.length - 1} wrong={head.wrong} />
            </li>
          ))}
        </ol>
      </section>
      <div className="row">
        <button className="primary" type="submit" formAction={KEEP}>
          {say("inquiry.keep")}
        </button>
      </div>
    </form>
  )
}

type LineProps = {
  one: LetterDraft["questions"][number]
  at: number
  last: boolean
  wrong: ReadonlyMap<string, string>
}

function Line({ one, at, last, wrong }: LineProps) {
  const does = [
    { name: "join", says: at === 0 ? "inquiry.join-first" : "inquiry.join" },
    ...(at > 0 ? [{ name: "up", says: "inquiry.up" }] : []),
    ...(last ? [] : [{ name: "down", says: "inquiry.down" }]),
    { name: "add", says: "inquiry.add" },
    { name: "drop", says: "inquiry.drop" },
  ]
  return (
    <fieldset className="card inquiry-line" id={`question-${at}`} tabIndex={-1} data-depth={one.depth}>
      <legend>{say("inquiry.question-n", { n: at + 1 })}</legend>
      <div className="inquiry-days">
        <TextField
          name={`number.${at}`}
          label={say("inquiry.number")}
          value={one.number}
          error={wrong.get(`number.${at}`) ?? null}
        />
        <SelectField
          name={`depth.${at}`}
          label={say("inquiry.depth")}
          value={String(one.depth)}
          options={Array.from({ length: DEEPEST + 1 }, (_, depth) => ({ value: String(depth), label: String(depth) }))}
        />
      </div>
      <TextArea
        name={`text.${at}`}
        label={say("inquiry.text")}
        value={one.text}
        rows={Math.min(12, Math.max(2, one.text.split("\n").length + Math.floor(one.text.length / 90)))}
        error={wrong.get(`text.${at}`) ?? null}
      />
      <div className="row">
        {does.map(({ name, says }) => (
          <button
            className="compact"
            key={name}
            type="submit"
            name="do"
            value={`${name}.${at}`}
            aria-label={say("inquiry.do-of", { does: say(says), n: at + 1 })}
            formNoValidate
          >
            {say(says)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
