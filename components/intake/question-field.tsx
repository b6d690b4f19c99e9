import Link from "next/link"
import type { ReactNode } from "react"
import { countryName } from "@/domain/core/country-name"
import { PACKS } from "@/domain/packs/all"
import { FAMILIES, familyOf } from "@/domain/intake/families"
import type { Need } from "@/domain/intake/necessity"
import type { Asker, Given, Option, Question } from "@/domain/intake/question"
import { say } from "@/components/words/catalogue"
import { needWords, optionWords } from "./answer-words"

export type NeedView = Need & { text: string; suggested: boolean }
export type QuestionView = {
  question: Question
  given: Given | undefined
  /** Why the answer was refused, as a key. */
  wrong: string | null
  /** What another tab saved meanwhile, in words. */
  elsewhere: string | null
  choices: readonly { id: string; label: string }[]
  needs: readonly NeedView[]
  /** Foreign countries that were named: of some questions each has an answer of its own. */
  places: readonly string[]
  /** A first sentence to edit, where nothing was answered yet. */
  suggestion: string
  /** What stands in place of the usual control. */
  instead?: ReactNode
  /** Words that records are looked for by; where there may be more than are shown. */
  find?: string
}

const nameOf = (id: string): string => `q.${id}`

/** One question: its control, the answers that every question has, whence it was filled in, why it is asked. */
export function QuestionField(view: QuestionView) {
  const { question, given, wrong, elsewhere } = view
  const id = nameOf(question.id)
  const from = given?.state === "known" ? given.from : undefined
  return (
    <fieldset className="question" id={id} data-wrong={wrong ? "" : undefined} tabIndex={-1}>
      <legend>
        {say(`intake.q.${question.id}`)}
        {question.need === "optional" ? <span className="soft small"> {say("intake.optional")}</span> : null}
      </legend>
      {from ? <p className="soft small">{say(`intake.from.${from.of}`, { title: from.title })}</p> : null}
      {wrong ? (
        <p className="error" id={`${id}-error`}>
          {say(wrong)}
        </p>
      ) : null}
      {view.instead ?? <Control {...view} />}
      {elsewhere ? <p className="small soft">{say("intake.elsewhere", { words: elsewhere })}</p> : null}
      {FIRM.has(question.id) ? null : <Open question={question} given={given} />}
      <Why question={question} />
    </fieldset>
  )
}

/** Without these there is nothing to ask for. */
const FIRM = new Set(["1.1", "1.2", "1.3", "1.3a", "1.3b"])
/** So many are shown as buttons; more as a list to choose from. */
const FEW = 7

function Control(view: QuestionView): ReactNode {
  const { question, given } = view
  const { shape } = question
  const value = given?.state === "known" ? given.value : null
  const text = typeof value === "string" ? value : ""
  const common = { id: `${nameOf(question.id)}.control`, name: nameOf(question.id), ...told(view) }
  if (shape.is === "one")
    return shape.options.length <= FEW ? <Radios {...view} /> : <Select {...view} options={shape.options} />
  if (shape.is === "pick") return <Pick {...view} />
  if (shape.is === "many") return <Boxes {...view} />
  if (shape.is === "sentences") return <Sentences {...view} />
  if (shape.is === "each") return <Each {...view} options={shape.options} />
  if (shape.is === "countries")
    return (
      <Labelled view={view} help={say("intake.countries-help")}>
        <input {...common} defaultValue={Array.isArray(value) ? value.join(", ") : ""} />
      </Labelled>
    )
  if (shape.is === "day")
    return (
      <Labelled view={view} help={say("intake.day-help")}>
        <input {...common} className="short" defaultValue={text} maxLength={10} autoComplete="off" />
      </Labelled>
    )
  const most = shape.is === "text" ? shape.most : 300
  return (
    <Labelled view={view}>
      {view.suggestion && text === "" ? <LaidOut of={question.id} words={view.suggestion} /> : null}
      {most > 500 ? (
        <textarea {...common} defaultValue={text || view.suggestion} rows={2} maxLength={most} />
      ) : (
        <input {...common} defaultValue={text} maxLength={most} />
      )}
    </Labelled>
  )
}

const told = ({ question, wrong }: Pick<QuestionView, "question" | "wrong">) => ({
  "aria-describedby": wrong ? `${nameOf(question.id)}-error` : undefined,
  "aria-invalid": wrong ? (true as const) : undefined,
})

/** The legend says what is asked; the control is called the same. */
function Labelled({ view, help, children }: { view: QuestionView; help?: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="unseen" htmlFor={`${nameOf(view.question.id)}.control`}>
        {say(`intake.q.${view.question.id}`)}
      </label>
      {children}
      {help ? <span className="help">{help}</span> : null}
    </div>
  )
}

function Radios(view: QuestionView) {
  const { question, given } = view
  const options = "options" in question.shape ? question.shape.options : []
  const chosen = given?.state === "known" && typeof given.value === "string" ? given.value : ""
  return (
    <div className="choices">
      {options.map((option) => (
        <label className="choice" key={option.code}>
          <input type="radio" name={nameOf(question.id)} value={option.code} defaultChecked={chosen === option.code} />
          {optionWords(question, option)}
        </label>
      ))}
    </div>
  )
}

function Select({ options, ...view }: QuestionView & { options: readonly { code: string; label?: string }[] }) {
  const { question, given } = view
  const chosen = given?.state === "known" && typeof given.value === "string" ? given.value : ""
  return (
    <Labelled view={view}>
      <select id={`${nameOf(question.id)}.control`} name={nameOf(question.id)} defaultValue={chosen} {...told(view)}>
        <option value="">{say("intake.choose")}</option>
        {options.map((option) => (
          <option key={option.code} value={option.code}>
            {optionWords(question, option)}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** A record of the register: of few a list; of many those that words find. */
function Pick(view: QuestionView) {
  const { question, choices, find } = view
  const searched = question.id === "1.3a" || question.id === "1.3b"
  return (
    <>
      {searched ? (
        <div className="row end" id="find">
          <div className="field grow">
            <label htmlFor="find-words">{say("intake.find-words")}</label>
            <input id="find-words" name="find" defaultValue={find ?? ""} />
            <input type="hidden" name="_found" value={find ?? ""} />
          </div>
          <button type="submit" name="_go" value="find">
            {say("intake.find-go")}
          </button>
        </div>
      ) : null}
      <Select {...view} options={choices.map(({ id, label }) => ({ code: id, label }))} />
    </>
  )
}

function Boxes({ question, given }: QuestionView) {
  const { shape } = question
  if (shape.is !== "many") return null
  const chosen = given?.state === "known" && Array.isArray(given.value) ? given.value : []
  const box = (option: (typeof shape.options)[number]) => (
    <label className="choice" key={option.code}>
      <input
        type="checkbox"
        name={nameOf(question.id)}
        value={option.code}
        defaultChecked={chosen.includes(option.code)}
      />
      {optionWords(question, option)}
    </label>
  )
  const limit =
    shape.most < shape.options.length ? <p className="small soft">{say("intake.most", { n: shape.most })}</p> : null
  if (question.id !== "3.2")
    return (
      <>
        {limit}
        <div className="choices">{shape.options.map(box)}</div>
      </>
    )
  return FAMILIES.map((family) => {
    const here = shape.options.filter((option) => familyOf(option.code) === family)
    const ticked = here.filter((option) => chosen.includes(option.code)).length
    return (
      <details key={family} open={ticked > 0 || family === "contact"}>
        <summary>
          {say(`intake.family.${family}`)}
          {ticked ? <span className="soft small"> {say("intake.ticked", { n: ticked })}</span> : null}
        </summary>
        <div className="choices">{here.map(box)}</div>
      </details>
    )
  })
}

function Sentences({ question, needs }: QuestionView) {
  return needs.map((need) => {
    const name = `${nameOf(question.id)}.${need.key}`
    return (
      <div className="field" key={need.key}>
        <label htmlFor={name}>{needWords(need)}</label>
        {need.families.includes("special") ? <span className="help">{say("intake.need-special")}</span> : null}
        {need.suggested ? <LaidOut of={`${question.id}.${need.key}`} words={need.text} /> : null}
        <textarea id={name} name={name} defaultValue={need.text} rows={2} maxLength={2000} />
      </div>
    )
  })
}

/** That a sentence was laid out to edit, and which: it is no answer while it is only saved along with others. */
function LaidOut({ of, words }: { of: string; words: string }) {
  return (
    <>
      <span className="help">{say("intake.suggested")}</span>
      <input type="hidden" name={`s.${of}`} defaultValue={words} />
    </>
  )
}

/** A list to choose from for each foreign country. */
function Each({ question, given, places, options }: QuestionView & { options: readonly Option[] }) {
  const value = given?.state === "known" ? given.value : null
  const chosen = (country: string): string =>
    typeof value === "string" ? value : ((value as Record<string, string> | null)?.[country] ?? "")
  return places.map((country) => {
    const name = `${nameOf(question.id)}.${country}`
    return (
      <div className="field" key={country}>
        <label htmlFor={name}>{countryName(country)}</label>
        <select id={name} name={name} defaultValue={chosen(country)}>
          <option value="">{say("intake.choose")}</option>
          {options.map((option) => (
            <option key={option.code} value={option.code}>
              {optionWords(question, option)}
            </option>
          ))}
        </select>
      </div>
    )
  })
}

/** *Not sure* and *ask the supplier*: answers that every question has, with whom was asked and by when. */
function Open({ question, given }: Pick<QuestionView, "question" | "given">) {
  const id = nameOf(question.id)
  const open = given?.state === "unknown" ? given : null
  const as = given?.state === "not-applicable" ? "not-applicable" : open ? (open.of ?? "unknown") : ""
  return (
    <details className="instead" open={as !== ""}>
      <summary className="small">{say(question.orNot ? "intake.open-or-not" : "intake.open")}</summary>
      <div className="row end">
        <div className="field">
          <label className="unseen" htmlFor={`${id}.as`}>
            {say("intake.or", { label: say(`intake.q.${question.id}`) })}
          </label>
          <select id={`${id}.as`} name={`${id}.as`} defaultValue={as}>
            <option value="">{say("intake.as-typed")}</option>
            {question.orNot ? <option value="not-applicable">{say("intake.until-further")}</option> : null}
            <option value="unknown">{say("intake.not-sure")}</option>
            <option value="supplier">{say("intake.ask-supplier")}</option>
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}.asked`}>{say("intake.asked-whom")}</label>
          <input id={`${id}.asked`} name={`${id}.asked`} defaultValue={open?.asked ?? ""} maxLength={200} />
        </div>
        <div className="field">
          <label htmlFor={`${id}.due`}>{say("intake.asked-due")}</label>
          <input
            id={`${id}.due`}
            name={`${id}.due`}
            className="short"
            defaultValue={open?.due ?? ""}
            placeholder="2026-03-31"
            maxLength={10}
          />
        </div>
      </div>
    </details>
  )
}

const CLAUSES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause] as const)))

/** The promise or duty behind a question, an example, and who decides on what it is about. */
function Why({ question }: { question: Question }) {
  const clauses = question.clauses.flatMap((id) => CLAUSES.get(id) ?? [])
  const example = say(`intake.eg.${question.id}`)
  return (
    <details className="why">
      <summary>
        {say("intake.why")}
        {clauses.length ? `: ${clauses.map((clause) => clause.id).join(", ")}` : ""}
      </summary>
      <p>{say(`intake.why.${question.id}`)}</p>
      {clauses.map((clause) => (
        <p key={clause.id}>
          <strong>{clause.title}.</strong> {clause.duty}{" "}
          <Link className="tall" href={`/promises/${encodeURIComponent(clause.id)}`} prefetch={false}>
            {say("intake.why-clause", { id: clause.id })}
          </Link>
        </p>
      ))}
      {question.handling ? <p className="soft">{say("intake.why-handling")}</p> : null}
      {example.startsWith("intake.") ? null : <p className="soft">{say("intake.example", { words: example })}</p>}
      <p className="soft">{say("intake.decides", { who: deciders(question).join(", ") })}</p>
    </details>
  )
}

/** Who decides on it: never whoever asks. */
function deciders(question: Question): string[] {
  const list = question.who.filter((one) => one !== "requester" && one !== "supplier")
  const decide: readonly Asker[] = list.length ? list : ["legal", "dpo"]
  return decide.map((one) => say(`intake.who.${one}`))
}
