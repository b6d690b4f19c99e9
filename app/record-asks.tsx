import Link from "next/link"
import { say } from "@/components/words/catalogue"
import type { RecordKind } from "@/domain/records/kinds"

const ASKS: Partial<Record<RecordKind, readonly { begin: string; says: string }[]>> = {
  party: [{ begin: "new-supplier", says: "intake.ask-party" }],
  sharing: [{ begin: "more-data", says: "intake.ask-more" }],
  agreement: [{ begin: "renew", says: "intake.ask-renew" }],
}

/** What may be asked for about a record: each way begins a guided intake that knows the record already. */
export function RecordAsks({ kind, id }: { kind: RecordKind; id: string }) {
  return (ASKS[kind] ?? []).map(({ begin, says }) => (
    <Link key={begin} className="button" href={`/requests/new?begin=${begin}&${kind}=${id}`} prefetch={false}>
      {say(says)}
    </Link>
  ))
}
