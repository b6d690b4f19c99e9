import { say } from "@/components/words/catalogue"

/** A day that is chosen, or typed where the browser has no field for days. */
export function DayField(props: {
  name: string
  label: string
  value: string
  error: string | null
  required?: boolean
}) {
  const { name, label, value, error } = props
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="date"
        defaultValue={value}
        required={props.required}
        aria-describedby={error ? `${name}-error` : undefined}
        aria-invalid={error ? true : undefined}
      />
      {error ? (
        <span className="error" id={`${name}-error`}>
          {say(error)}
        </span>
      ) : null}
    </div>
  )
}
