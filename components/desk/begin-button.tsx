import { say } from "@/components/words/catalogue"

/** Begins the request that answers a question or does a review, and opens its form at the field. Works without script. */
export function BeginButton(props: {
  recordId: string
  path: string
  title: string
  says: string
  label: string
  renew?: boolean
}) {
  return (
    <form method="post" action="/api/v1/answers">
      <input type="hidden" name="recordId" value={props.recordId} />
      <input type="hidden" name="path" value={props.path} />
      <input type="hidden" name="title" value={props.title.slice(0, 300)} />
      {props.renew ? <input type="hidden" name="renew" value="yes" /> : null}
      <button className="compact nowrap" type="submit" aria-label={props.label}>
        {say(props.says)}
      </button>
    </form>
  )
}
