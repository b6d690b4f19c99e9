import type { ReactNode } from "react"
import { WITHHELD } from "@/domain/records/withheld"
import type { FieldNode } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { labelOf } from "@/domain/records/labels"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type RefOptions = Record<string, readonly { id: string; label: string }[]>
export type Wrong = ReadonlyMap<string, string>
/** `at`: the id of the place that the form was opened for. */
export type FormOn = { kind: RecordKind; refs: RefOptions; wrong: Wrong; at?: string | null }

/** What the place has that the form was opened for: the focus, also without script, and a sign. */
function opened(on: FormOn, path: string): { autoFocus?: true; "data-here"?: "" } {
  return on.at === path ? { autoFocus: true, "data-here": "" } : {}
}

/** The same for a place that takes no typing itself. */
const openedAround = (on: FormOn, path: string) => (on.at === path ? { ...opened(on, path), tabIndex: -1 } : {})

/** Whether anything is wrong at a path or below it. */
export function wrongBelow(wrong: Wrong, path: string): boolean {
  return [...wrong.keys()].some((at) => at === path || at.startsWith(`${path}.`))
}

/** What a place of a form is called, with the line it stands in: for the summary of what is wrong. */
export function placeWords(kind: RecordKind, path: string): string {
  const steps = path.split(".").filter((step) => step !== "value")
  const words: string[] = []
  steps.forEach((step, i) => {
    if (/^\d+$/.test(step)) words.push(say("form.line", { n: Number(step) + 1 }))
    else words.push(labelOf(kind, steps.slice(0, i + 1).join(".")))
  })
  return words.join(", ")
}

type PlaceProps = { on: FormOn; node: FieldNode; path: string; value: unknown; label?: string }

/** One place of a record as what a person fills in. */
export function Place({ on, node, path, value, label = labelOf(on.kind, path) }: PlaceProps): ReactNode {
  if (node.is === "answer") return <Answer on={on} node={node} path={path} value={value} label={label} />
  if (node.is === "nullable") {
    const inner = value ?? (node.of.is === "list" ? [] : "")
    return <Place on={on} node={node.of} path={path} value={inner} label={say("form.optional", { label })} />
  }
  if (node.is === "list" && node.of.is === "group")
    return <Lines on={on} of={node.of} path={path} value={(value as unknown[]) ?? []} label={label} />
  if (node.is === "list")
    return <Many on={on} of={node.of} path={path} value={(value as string[]) ?? []} label={label} />
  if (node.is === "group") {
    return (
      <fieldset id={path} {...openedAround(on, path)}>
        <legend>{label}</legend>
        <div className="form-grid">
          <Members on={on} of={node} path={path} value={value} />
        </div>
      </fieldset>
    )
  }
  if (node.is === "boolean") {
    return (
      <label className="choice">
        <input
          type="checkbox"
          id={path}
          name={path}
          value="yes"
          defaultChecked={value === true}
          {...opened(on, path)}
        />
        {label}
      </label>
    )
  }
  return (
    <Labelled on={on} path={path} label={label}>
      <Control on={on} node={node} path={path} value={value} />
    </Labelled>
  )
}

function Labelled({ on, path, label, children }: { on: FormOn; path: string; label: string; children: ReactNode }) {
  const error = on.wrong.get(path)
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={path}>{label}</label>
      {children}
      {error ? (
        <span className="error" id={`${path}-error`}>
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}

function Control({ on, node, path, value }: Omit<PlaceProps, "label">): ReactNode {
  const text = value === null || value === undefined ? "" : String(value)
  const wrong = on.wrong.has(path)
  const told = {
    "aria-describedby": wrong ? `${path}-error` : undefined,
    "aria-invalid": wrong ? true : undefined,
    ...opened(on, path),
  }
  if (node.is === "choice" || node.is === "ref") {
    const options =
      node.is === "choice"
        ? node.options.map((option) => ({ id: option.code, label: option.label }))
        : (on.refs[node.kind] ?? [])
    return (
      <select id={path} name={path} defaultValue={text} {...told}>
        <option value="">{say("form.choose")}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
        {text !== "" && !options.some((option) => option.id === text) ? (
          <option value={text}>{text === WITHHELD ? say("answer.withheld") : text}</option>
        ) : null}
      </select>
    )
  }
  if (node.is === "text" && node.long) return <textarea id={path} name={path} defaultValue={text} rows={2} {...told} />
  const hint = node.is === "day" ? "2026-03-31" : node.is === "country" ? "DE" : undefined
  return (
    <input
      id={path}
      name={path}
      defaultValue={text}
      className={hint || node.is === "number" ? "short" : undefined}
      inputMode={node.is === "number" ? "numeric" : undefined}
      placeholder={hint}
      maxLength={node.is === "country" ? 11 : undefined}
      {...told}
    />
  )
}

const STATES = ["known", "blank", "unknown", "not-applicable"] as const
type AnswerValue = { state: string; value?: unknown; asked?: string; due?: string }

/** An answer: its value, or that it is not known yet (asked whom, due when), or that it does not apply. */
function Answer({
  on,
  node,
  path,
  value,
  label,
}: PlaceProps & { node: Extract<FieldNode, { is: "answer" }>; label: string }) {
  const answer = (value ?? { state: "blank" }) as AnswerValue
  const inner = node.of
  const simple = inner.is !== "group" && inner.is !== "list"
  const state = STATES.includes(answer.state as "known") ? answer.state : "blank"
  return (
    <div className="answer" id={path} role="group" aria-label={label} data-state={state}>
      {simple ? (
        <Labelled on={on} path={`${path}.value`} label={label}>
          <Control on={on} node={inner} path={`${path}.value`} value={answer.value} />
        </Labelled>
      ) : (
        <Place
          on={on}
          node={inner}
          path={`${path}.value`}
          value={answer.value ?? (inner.is === "list" ? [] : {})}
          label={label}
        />
      )}
      <Otherwise on={on} path={path} answer={answer} state={state} />
    </div>
  )
}

/** What stands instead of an answer, folded to one line that says which it is. */
function Otherwise({ on, path, answer, state }: { on: FormOn; path: string; answer: AnswerValue; state: string }) {
  const instead = state === "unknown" || state === "not-applicable"
  return (
    <details
      className="otherwise"
      open={instead || wrongBelow(on.wrong, `${path}.due`) || on.at === `${path}.asked` || on.at === `${path}.due`}
    >
      <summary className="small">{instead ? stateWords(state, answer) : say("answer.otherwise")}</summary>
      <div className="otherwise-parts">
        <div className="field">
          <label htmlFor={`${path}.state`}>{say("answer.state")}</label>
          <select id={`${path}.state`} name={`${path}.state`} defaultValue={state === "known" ? "blank" : state}>
            <option value="blank">{say("answer.as-typed")}</option>
            <option value="unknown">{say("answer.unknown")}</option>
            <option value="not-applicable">{say("answer.not-applicable")}</option>
          </select>
        </div>
        <Labelled on={on} path={`${path}.asked`} label={say("answer.asked")}>
          <input
            id={`${path}.asked`}
            name={`${path}.asked`}
            defaultValue={answer.asked ?? ""}
            {...opened(on, `${path}.asked`)}
          />
        </Labelled>
        <Labelled on={on} path={`${path}.due`} label={say("answer.due")}>
          <input
            className="short"
            id={`${path}.due`}
            name={`${path}.due`}
            defaultValue={answer.due ?? ""}
            placeholder="2026-03-31"
            {...opened(on, `${path}.due`)}
          />
        </Labelled>
      </div>
    </details>
  )
}

function stateWords(state: string, { asked, due }: AnswerValue): string {
  if (state === "not-applicable") return say("answer.not-applicable")
  const day = due && /^\d{4}-\d{2}-\d{2}$/.test(due) ? dayWords(due) : (due ?? "")
  if (asked && due) return say("answer.unknown-asked-due", { asked, due: day })
  if (asked) return say("answer.unknown-asked", { asked })
  return due ? say("answer.unknown-due", { due: day }) : say("answer.unknown")
}

type Group = Extract<FieldNode, { is: "group" }>

/** The members of a group; its first and last day stand in one line, and content hashes are carried, not shown. */
function Members({ on, of, path, value }: { on: FormOn; of: Group; path: string; value: unknown }) {
  const body = (value ?? {}) as Record<string, unknown>
  return (
    <>
      {of.fields.map(({ name, node }) => {
        const at = `${path}.${name}`
        if (name === "sha256") return <input key={name} type="hidden" name={at} value={String(body[name] ?? "")} />
        return (
          <div key={name} className={wideIn(node) ? "wide" : undefined}>
            <Place on={on} node={node} path={at} value={body[name]} />
            {name === "item" ? <ItemWords item={String(body[name] ?? "")} /> : null}
          </div>
        )
      })}
    </>
  )
}

function wideIn(node: FieldNode): boolean {
  if (node.is === "answer" || node.is === "nullable") return wideIn(node.of)
  return node.is === "list" || node.is === "group" || (node.is === "text" && node.long)
}

const MEANINGS = new Map(
  Object.values(CHECKLISTS)
    .flat()
    .map((line) => [line.item, line.meaning] as const),
)

/** What an item of the clause checklist stands for, where its code alone says little. */
function ItemWords({ item }: { item: string }) {
  const meaning = MEANINGS.get(item)
  return meaning ? <span className="soft small">{meaning}</span> : null
}

function Lines({
  on,
  of,
  path,
  value,
  label,
}: {
  on: FormOn
  of: Group
  path: string
  value: unknown[]
  label: string
}) {
  return (
    <fieldset className="lines" id={path} {...openedAround(on, path)}>
      <legend>{label}</legend>
      <input type="hidden" name={`${path}.count`} value={value.length} />
      {value.length === 0 ? <p className="soft small">{say("form.no-lines")}</p> : null}
      {value.map((line, i) => (
        <div
          className="line"
          key={i}
          id={`${path}.${i}`}
          tabIndex={-1}
          role="group"
          aria-label={lineLabel(label, i)}
          {...opened(on, `${path}.${i}`)}
        >
          <div className="line-head">
            <span className="soft small">{say("form.line", { n: i + 1 })}</span>
            <button className="compact quiet" type="submit" name="_drop" value={`${path}~${i}`} formNoValidate>
              {say("form.drop")}
              <span className="unseen"> {lineLabel(label, i)}</span>
            </button>
          </div>
          <div className="form-grid">
            <Members on={on} of={of} path={`${path}.${i}`} value={line} />
          </div>
        </div>
      ))}
      <button className="compact" type="submit" name="_add" value={path} formNoValidate>
        {say(value.length ? "form.add-more" : "form.add")}
        <span className="unseen"> {say("form.add-to", { label })}</span>
      </button>
    </fieldset>
  )
}

const lineLabel = (label: string, i: number): string => `${label}, ${say("form.line", { n: i + 1 })}`

function Many({
  on,
  of,
  path,
  value,
  label,
}: {
  on: FormOn
  of: FieldNode
  path: string
  value: string[]
  label: string
}) {
  if (of.is === "text" || of.is === "country") {
    return (
      <Labelled on={on} path={path} label={say("form.one-per-line", { label })}>
        <textarea id={path} name={path} defaultValue={value.join("\n")} rows={2} {...opened(on, path)} />
      </Labelled>
    )
  }
  const options =
    of.is === "choice"
      ? of.options.map((option) => ({ id: option.code, label: option.label }))
      : of.is === "ref"
        ? (on.refs[of.kind] ?? [])
        : []
  const chosen = new Set(value)
  const error = on.wrong.get(path)
  return (
    <fieldset id={path} data-wrong={error ? "" : undefined} {...openedAround(on, path)}>
      <legend>{label}</legend>
      {error ? <p className="error">{say(error)}</p> : null}
      {options.length === 0 ? <p className="soft small">{say("form.no-options")}</p> : null}
      <div className="choices">
        {options.map((option) => (
          <label className="choice" key={option.id}>
            <input type="checkbox" name={path} value={option.id} defaultChecked={chosen.has(option.id)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
