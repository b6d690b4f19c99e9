import { say } from "@/components/words/catalogue"

/** The way to an earlier day of the same page; what else the address says stays. */
export function AsOfSwitch({ path, keep, day }: { path: string; keep: readonly [string, string][]; day: string }) {
  return (
    <details className="asof-switch">
      <summary>{say("asof.switch")}</summary>
      <form className="row end" action={path}>
        {keep.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="field">
          <label htmlFor="as-of">{say("asof.day")}</label>
          <input id="as-of" name="as-of" type="date" defaultValue={day} required />
        </div>
        <button type="submit">{say("asof.go")}</button>
      </form>
    </details>
  )
}
