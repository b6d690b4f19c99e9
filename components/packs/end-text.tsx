import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { DayField } from "./about-fields"

/** Asks that a text of our own ends, from which day on. What it is for goes back to the wider text. */
export function EndText(props: { recordId: string; title: string; on: string; error: string | null; back: string }) {
  return (
    <section className="card stack" aria-labelledby="end">
      <h2 id="end">{say("own.end-title", { title: props.title })}</h2>
      <p className="soft">{say("own.end-help")}</p>
      <form className="stack" method="post" action={`/api/v1/packs/${props.recordId}/end`}>
        <input type="hidden" name="ends" value={props.recordId} />
        <EndDay on={props.on} error={props.error} />
        <div className="row">
          <button className="primary" type="submit">
            {say("own.end-begin")}
          </button>
          <Link href={props.back} prefetch={false}>
            {say("own.end-cancel")}
          </Link>
        </div>
      </form>
    </section>
  )
}

/** The first day on which the text no longer counts. */
export function EndDay({ on, error }: { on: string; error: string | null }) {
  return <DayField label={say("own.field.ends")} help={say("own.field.ends-help")} value={on} error={error} />
}
