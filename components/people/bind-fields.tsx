import { say } from "@/components/words/catalogue"
import { BOUND_KINDS } from "@/domain/people/bounds"

/** What a supervisor's role is bound to, and its last day; left empty for every other role. */
export function BindFields({ name }: { name: string }) {
  return (
    <details>
      <summary className="more">{say("bound.more")}</summary>
      <div className="stack">
        <p className="soft small">{say("bound.more-help")}</p>
        <fieldset>
          <legend>{say("bound.kinds")}</legend>
          <div className="row">
            {BOUND_KINDS.map((kind) => (
              <label key={kind} className="check">
                <input type="checkbox" name="kinds" value={kind} /> {say(`kind.${kind}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {(
          [
            ["firstOn", "bound.first"],
            ["lastOn", "bound.last"],
            ["lastDay", "bound.until"],
          ] as const
        ).map(([field, says]) => (
          <label key={field} className="field">
            {say(says)}
            <input name={field} type="date" aria-label={`${say(says)}: ${name}`} />
          </label>
        ))}
      </div>
    </details>
  )
}
