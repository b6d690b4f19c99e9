import type { ReactNode } from "react"
import { FIELDS, type FieldNode } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { labelOf } from "@/domain/records/labels"
import { say } from "@/components/words/catalogue"

export type RefOptions = Record<string, readonly { id: string; label: string }[]>
type Wrong = ReadonlyMap<string, string>
type On = { kind: RecordKind; refs: RefOptions; wrong: Wrong }

/** Fields that stand open; the others are folded under "more questions" until one is answered. */
const FIRST: Record<RecordKind, readonly string[]> = {
  party: ["legalName", "country", "kinds", "subKind", "website", "contacts", "dataDecision"],
  sharing: [
    "entityId",
    "partyId",
    "mode",
    "title",
    "role",
    "purposes",
    "purposeText",
    "ownPurpose",
    "dataLines",
    "subjects",
    "grounds",
    "destinations",
    "measures",
    "retention",
    "startsOn",
    "endsOn",
  ],
  agreement: [
    "entityId",
    "partyId",
    "kind",
    "title",
    "files",
    "knownHow",
    "signatories",
    "effectOn",
    "endsOn",
    "checklist",
    "covers",
  ],
  assessment: ["kind", "partyId", "title", "outcome", "risk", "doneOn", "validUntil", "summary"],
  consent: [
    "entityId",
    "title",
    "wording",
    "wordingVersion",
    "captureMethod",
    "about",
    "parties",
    "purposes",
    "dataKinds",
    "firstOn",
  ],
  notice: ["entityId", "title", "version", "effectOn", "dataKinds", "recipientKinds"],
  demand: ["entityId", "partyId", "title", "citation", "docket", "servedOn", "answerOn", "dataKinds"],
  chain: ["sharingId", "partyId", "engagedBy", "rank", "title", "task", "countries", "firstOn"],
}
const HIDDEN = new Set(["restrictedTo", "extra"])

/** A form for any kind of record, from its own fields. Works without script: lines are added and taken by buttons. */
export function RecordForm({
  kind,
  body,
  refs,
  wrong,
}: {
  kind: RecordKind
  body: Record<string, unknown>
  refs: RefOptions
  wrong: Wrong
}) {
  const on: On = { kind, refs, wrong }
  const all = FIELDS[kind].fields.filter((field) => !HIDDEN.has(field.name))
  const leading = FIRST[kind].flatMap((name) => all.filter((field) => field.name === name))
  const more = all.filter((field) => !FIRST[kind].includes(field.name))
  return (
    <>
      {leading.map((field) => (
        <Place key={field.name} on={on} node={field.node} path={field.name} value={body[field.name]} />
      ))}
      <details className="stack" open={more.some((field) => wrongBelow(wrong, field.name))}>
        <summary>{say("form.more", { n: more.length })}</summary>
        <div className="stack">
          {more.map((field) => (
            <Place key={field.name} on={on} node={field.node} path={field.name} value={body[field.name]} />
          ))}
        </div>
      </details>
    </>
  )
}

const wrongBelow = (wrong: Wrong, path: string): boolean =>
  [...wrong.keys()].some((at) => at === path || at.startsWith(`${path}.`))

type PlaceProps = { on: On; node: FieldNode; path: string; value: unknown; label?: string }

function Place({ on, node, path, value, label = labelOf(on.kind, path) }: PlaceProps): ReactNode {
  if (node.is === "answer") return <Answer on={on} node={node} path={path} value={value} label={label} />
  if (node.is === "nullable")
    return <Place on={on} node={node.of} path={path} value={value ?? (node.of.is === "list" ? [] : "")} label={label} />
  if (node.is === "list" && node.of.is === "group")
    return <Lines on={on} of={node.of} path={path} value={(value as unknown[]) ?? []} label={label} />
  if (node.is === "list")
    return <Many on={on} of={node.of} path={path} value={(value as string[]) ?? []} label={label} />
  if (node.is === "group") {
    return (
      <fieldset>
        <legend>{label}</legend>
        <div className="stack">
          {node.fields.map((field) => (
            <Place
              key={field.name}
              on={on}
              node={field.node}
              path={`${path}.${field.name}`}
              value={(value as Record<string, unknown>)?.[field.name]}
            />
          ))}
        </div>
      </fieldset>
    )
  }
  if (node.is === "boolean") {
    return (
      <label className="choice">
        <input type="checkbox" name={path} value="yes" defaultChecked={value === true} />
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

function Labelled({ on, path, label, children }: { on: On; path: string; label: string; children: ReactNode }) {
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
  const described = on.wrong.has(path) ? `${path}-error` : undefined
  if (node.is === "choice" || node.is === "ref") {
    const options =
      node.is === "choice"
        ? node.options.map((option) => ({ id: option.code, label: option.label }))
        : (on.refs[node.kind] ?? [])
    return (
      <select id={path} name={path} defaultValue={text} aria-describedby={described}>
        <option value="">{say("form.choose")}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
        {text !== "" && !options.some((option) => option.id === text) ? <option value={text}>{text}</option> : null}
      </select>
    )
  }
  if (node.is === "text" && node.long)
    return <textarea id={path} name={path} defaultValue={text} rows={3} aria-describedby={described} />
  const hint = node.is === "day" ? "2026-03-31" : node.is === "country" ? "DE" : undefined
  return (
    <input
      id={path}
      name={path}
      defaultValue={text}
      inputMode={node.is === "number" ? "numeric" : undefined}
      placeholder={hint}
      aria-describedby={described}
      maxLength={node.is === "country" ? 11 : undefined}
    />
  )
}

const STATES = ["known", "blank", "unknown", "not-applicable"] as const

/** An answer: its value, or that it is not known yet (asked whom, due when), or that it does not apply. */
function Answer({
  on,
  node,
  path,
  value,
  label,
}: PlaceProps & { node: Extract<FieldNode, { is: "answer" }>; label: string }) {
  const answer = (value ?? { state: "blank" }) as { state: string; value?: unknown; asked?: string; due?: string }
  const inner = node.of
  const simple = inner.is !== "group" && inner.is !== "list"
  const state = STATES.includes(answer.state as "known") ? answer.state : "blank"
  return (
    <div className="answer" role="group" aria-label={label}>
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
      <details open={state === "unknown" || state === "not-applicable"}>
        <summary className="soft small">{say("answer.otherwise")}</summary>
        <div className="stack">
          <div className="field">
            <label htmlFor={`${path}.state`}>{say("answer.state")}</label>
            <select id={`${path}.state`} name={`${path}.state`} defaultValue={state === "known" ? "blank" : state}>
              <option value="blank">{say("answer.as-typed")}</option>
              <option value="unknown">{say("answer.unknown")}</option>
              <option value="not-applicable">{say("answer.not-applicable")}</option>
            </select>
          </div>
          <Labelled on={on} path={`${path}.asked`} label={say("answer.asked")}>
            <input id={`${path}.asked`} name={`${path}.asked`} defaultValue={answer.asked ?? ""} />
          </Labelled>
          <Labelled on={on} path={`${path}.due`} label={say("answer.due")}>
            <input id={`${path}.due`} name={`${path}.due`} defaultValue={answer.due ?? ""} placeholder="2026-03-31" />
          </Labelled>
        </div>
      </details>
    </div>
  )
}

function Lines({
  on,
  of,
  path,
  value,
  label,
}: {
  on: On
  of: Extract<FieldNode, { is: "group" }>
  path: string
  value: unknown[]
  label: string
}) {
  return (
    <fieldset>
      <legend>{label}</legend>
      <input type="hidden" name={`${path}.count`} value={value.length} />
      <div className="stack">
        {value.map((line, i) => (
          <div className="card stack" key={i}>
            {of.fields.map((field) => (
              <LinePart
                key={field.name}
                on={on}
                node={field.node}
                path={`${path}.${i}.${field.name}`}
                value={(line as Record<string, unknown>)?.[field.name]}
              />
            ))}
            <div>
              <button className="compact" type="submit" name="_drop" value={`${path}~${i}`} formNoValidate>
                {say("form.drop", { label, n: i + 1 })}
              </button>
            </div>
          </div>
        ))}
        <div>
          <button className="compact" type="submit" name="_add" value={path} formNoValidate>
            {say("form.add", { label })}
          </button>
        </div>
      </div>
    </fieldset>
  )
}

/** A member of a line. Content hashes are carried, not shown. */
function LinePart(props: Omit<PlaceProps, "label">) {
  if (props.path.endsWith(".sha256")) return <input type="hidden" name={props.path} value={String(props.value ?? "")} />
  return <Place {...props} />
}

function Many({ on, of, path, value, label }: { on: On; of: FieldNode; path: string; value: string[]; label: string }) {
  if (of.is === "text" || of.is === "country") {
    return (
      <Labelled on={on} path={path} label={say("form.one-per-line", { label })}>
        <textarea id={path} name={path} defaultValue={value.join("\n")} rows={2} />
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
  return (
    <fieldset>
      <legend>{label}</legend>
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
