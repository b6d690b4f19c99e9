import Link from "next/link"
import { TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

type Typed = Record<string, string | string[] | undefined>

/** Asks to whom a package goes out of the Chinese mainland and by which approval, or why it needs none. */
export function MainlandFields(props: {
  /** Our companies there, by name; without any nothing is asked. */
  asked: readonly string[]
  typed: Typed
  wrong: (name: string) => string | null
  /** A supervisor is asked nothing: the company says it, before anything leaves. */
  visits: boolean
}) {
  if (props.asked.length === 0) return null
  if (props.visits)
    return (
      <p className="soft small">
        {say("exports.mainland-visitor", { names: props.asked.join(", ") })}{" "}
        <Link href="/audit/looks#mainland" prefetch={false}>
          {say("exports.mainland-visitor-way")}
        </Link>
      </p>
    )
  const field = (name: string) => {
    const typed = props.typed[name]
    return {
      ...{ name, label: say(`exports.${name}`), error: props.wrong(`mainland.${name}`) },
      value: Array.isArray(typed) ? typed.join(" ") : (typed ?? ""),
    }
  }
  return (
    <fieldset className="stack">
      <legend>{say("exports.mainland")}</legend>
      <p className="soft small">{say("exports.mainland-help", { names: props.asked.join(", ") })}</p>
      <TextField {...field("addressee")} />
      <TextField {...field("approval")} />
      <TextArea {...field("reasons")} rows={2} />
    </fieldset>
  )
}
