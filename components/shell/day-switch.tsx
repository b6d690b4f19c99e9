import { say } from "@/components/words/catalogue"

/**
 * The way to another day of the same page, by either clock: what the register said then, or what is known now about
 * that day. What else the address says stays.
 */
export function DaySwitch({
  path,
  keep,
  asOf,
  on,
}: {
  path: string
  keep: readonly [string, string][]
  asOf: string
  /** Null: the page has one clock, for what it shows has no days of its own. */
  on: string | null
}) {
  return (
    <details className="menu">
      <summary className="button compact">{say("asof.switch")}</summary>
      <div className="menu-body stack">
        <One path={path} keep={keep} name="as-of" day={asOf} label={say("asof.day")} help={say("clock.as-of-help")} />
        {on === null ? null : (
          <One path={path} keep={keep} name="on" day={on} label={say("clock.day")} help={say("clock.on-help")} />
        )}
      </div>
    </details>
  )
}

type OneProps = {
  path: string
  keep: readonly [string, string][]
  name: string
  day: string
  label: string
  help: string
}

function One({ path, keep, name, day, label, help }: OneProps) {
  return (
    <form className="row end" action={path}>
      {keep.map(([word, value]) => (
        <input key={word} type="hidden" name={word} value={value} />
      ))}
      <div className="field">
        <label htmlFor={name}>{label}</label>
        <span className="help" id={`${name}-help`}>
          {help}
        </span>
        <input id={name} name={name} type="date" defaultValue={day} required aria-describedby={`${name}-help`} />
      </div>
      <button type="submit">{say("asof.go")}</button>
    </form>
  )
}
