import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"

/** Where the page of a party that was merged leads: to the one that goes on; and the request that undoes it. */
export function MergedNotice({
  id,
  name,
  into,
  works,
}: {
  id: string
  name: string
  into: { id: string; name: string | null }
  works: boolean
}) {
  return (
    <Notice tone="warn">
      <p>
        {say("merge.merged", { name })}{" "}
        {into.name === null ? null : (
          <Link href={`/parties/${into.id}`} prefetch={false}>
            {into.name}
          </Link>
        )}
      </p>
      {works ? (
        <form method="post" action="/api/v1/merges/undo">
          <input type="hidden" name="recordId" value={id} />
          <input type="hidden" name="title" value={say("merge.undo-title", { name }).slice(0, 300)} />
          <button className="compact" type="submit">
            {say("merge.undo")}
          </button>
        </form>
      ) : null}
    </Notice>
  )
}
