import type { ReactNode } from "react"
import { say } from "@/components/words/catalogue"

type Common = {
  name: string
  label: string
  help?: string
  error?: string | null
  optional?: boolean
  /** Where a page has two fields of a name. */
  id?: string
}

function Wrap({ name, id = name, label, help, error, children }: Common & { children: ReactNode }) {
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={id}>{label}</label>
      {help ? (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      ) : null}
      {children}
      {error ? (
        <span className="error" id={`${id}-error`}>
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}

function described({ name, id = name, help, error }: Common): string | undefined {
  return [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined
}

/** One line of text. */
export function TextField(
  props: Common & {
    type?: "text" | "email" | "password" | "number" | "search" | "url"
    value?: string
    required?: boolean
    autoComplete?: string
    minLength?: number
  },
) {
  return (
    <Wrap {...props}>
      <input
        id={props.id ?? props.name}
        name={props.name}
        type={props.type ?? "text"}
        defaultValue={props.value}
        required={props.required}
        autoComplete={props.autoComplete}
        aria-describedby={described(props)}
        aria-invalid={props.error ? true : undefined}
      />
    </Wrap>
  )
}

/** One day. */
export function DayField(props: Common & { value?: string; required?: boolean }) {
  return (
    <Wrap {...props}>
      <input
        id={props.id ?? props.name}
        name={props.name}
        type="date"
        defaultValue={props.value}
        required={props.required}
        aria-describedby={described(props)}
        aria-invalid={props.error ? true : undefined}
      />
    </Wrap>
  )
}

/** Several lines of text. */
export function TextArea(props: Common & { value?: string; required?: boolean; rows?: number }) {
  return (
    <Wrap {...props}>
      <textarea
        id={props.id ?? props.name}
        name={props.name}
        defaultValue={props.value}
        required={props.required}
        rows={props.rows ?? 4}
        aria-describedby={described(props)}
        aria-invalid={props.error ? true : undefined}
      />
    </Wrap>
  )
}

/** One of a list. */
export function SelectField(props: Common & { value?: string; options: readonly { value: string; label: string }[] }) {
  return (
    <Wrap {...props}>
      <select
        key={props.value}
        id={props.id ?? props.name}
        name={props.name}
        defaultValue={props.value}
        aria-describedby={described(props)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Wrap>
  )
}

/** Any number of a list, each a box with its words. */
export function Choices({
  name,
  id = name,
  label,
  options,
  chosen,
  help,
  error,
}: {
  name: string
  id?: string
  label: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
  help?: string
  error?: string | null
}) {
  return (
    <fieldset id={id} data-wrong={error ? "" : undefined} aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      {help ? <p className="soft small">{help}</p> : null}
      {error ? (
        <p className="error" id={`${id}-error`}>
          {say(error)}
        </p>
      ) : null}
      <div className="choices">
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              // React keeps a box as it is when another page brings other defaults: another state, another box.
              key={String(chosen.includes(option.value))}
              type="checkbox"
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
