import Link from "next/link"
import { say } from "@/components/words/catalogue"

type Mended = { recordId: string; clause: string; path: string | null; title: string }

/** Begins the request that mends a finding; its form opens at the field. Works without script. */
export function MendButton({ finding }: { finding: Mended }) {
  const about = { clause: finding.clause, title: finding.title }
  // What has ended is changed no more: its evidence has a form of its own.
  if (finding.path === "deletionProof")
    return (
      <Link
        className="button compact"
        href={`/sharings/${finding.recordId}/ending`}
        aria-label={say("reviews.prove-for", { title: finding.title })}
        prefetch={false}
      >
        {say("reviews.prove")}
      </Link>
    )
  return (
    <form method="post" action="/api/v1/requests/of-record">
      <input type="hidden" name="recordId" value={finding.recordId} />
      <input type="hidden" name="title" value={say("found.mend-title", about).slice(0, 300)} />
      <input type="hidden" name="at" value={finding.path ?? ""} />
      <input type="hidden" name="for" value={finding.clause} />
      <button className="compact" type="submit" aria-label={say("found.mend-of", about)}>
        {say("found.mend")}
      </button>
    </form>
  )
}
