import { SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { ASK_DAYS } from "@/domain/asked/links"

/** Asks a supplier by a link: for a draft's flow or party, or for a party in force. */
export function AskForm({
  party,
  hidden,
  companies,
}: {
  party: string
  /** What it is about, as the door takes it. */
  hidden: Record<string, string>
  /** In whose name one may ask; empty: that follows from the flow. */
  companies: readonly { value: string; label: string }[]
}) {
  return (
    <details className="card">
      <summary>{say("asked.ask")}</summary>
      <form className="stack" method="post" action="/api/v1/supplier-links">
        <p className="soft">{say("asked.ask-lede", { party })}</p>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {companies.length ? (
          <SelectField
            name="entityId"
            label={say("asked.ask-company")}
            options={companies}
            value={companies[0]?.value}
          />
        ) : null}
        <TextField name="days" type="number" label={say("asked.ask-days")} value={String(ASK_DAYS.usual)} required />
        <div>
          <button type="submit">{say("asked.ask-go")}</button>
        </div>
      </form>
    </details>
  )
}
