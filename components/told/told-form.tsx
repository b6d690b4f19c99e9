import { SelectField, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { TOLD_KINDS, WAYS, type ToldKind, type Way } from "@/domain/told/kinds"

/** How one is told by mail, kind by kind. */
export function ToldForm({
  ways,
  zone,
  saved,
}: {
  ways: Readonly<Record<ToldKind, Way>>
  zone: string | null
  saved: boolean
}) {
  return (
    <section className="card stack" aria-labelledby="told">
      <h2 id="told">{say("told.title")}</h2>
      <p className="soft">{say("told.lede")}</p>
      {saved ? (
        <Notice tone="good">
          <p>{say("told.saved")}</p>
        </Notice>
      ) : null}
      <form className="stack" method="post" action="/api/v1/account/told">
        <div className="form-grid">
          {TOLD_KINDS.map((kind) => (
            <SelectField
              key={kind}
              name={`way-${kind}`}
              label={say(`told.kind.${kind}`)}
              value={ways[kind]}
              options={WAYS.map((way) => ({ value: way, label: say(`told.way.${way}`) }))}
            />
          ))}
        </div>
        <TextField name="zone" label={say("told.zone")} help={say("told.zone-help")} value={zone ?? ""} />
        <div>
          <button type="submit">{say("told.save")}</button>
        </div>
      </form>
    </section>
  )
}
