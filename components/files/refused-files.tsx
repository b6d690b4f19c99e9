import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"

/** That a draft names files in which the scanner found something, and the one press that takes them out of it. */
export function RefusedFiles({
  requestId,
  recordId = null,
  files,
}: {
  requestId: string
  /** The record whose form is open: taking them out comes back to it. */
  recordId?: string | null
  files: readonly { id: string; name: string }[]
}) {
  if (files.length === 0) return null
  return (
    <Notice tone="bad">
      <p>
        {say("files.draft-refused", { names: files.map((file) => file.name).join(", ") })} {say("files.draft-blocked")}
      </p>
      <form method="post" action={`/api/v1/requests/${requestId}/refused-files`}>
        {recordId ? <input type="hidden" name="back" value={recordId} /> : null}
        <button type="submit">{say("files.take-out", { n: files.length })}</button>
      </form>
    </Notice>
  )
}
