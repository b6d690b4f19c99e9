import Link from "next/link"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"
import type { StoredRecord } from "@/usecases/register/records"
import { hasTerm } from "./paper-life"

const BEGINS: Readonly<Record<string, { begin: string; says: string }>> = {
  party: { begin: "new-supplier", says: "intake.ask-party" },
  sharing: { begin: "more-data", says: "intake.ask-more" },
  agreement: { begin: "renew", says: "intake.ask-renew" },
}

/**
 * What may be asked for about a record: a guided intake that knows the record already. What becomes of a paper whose term is
 * known is decided from its days; only of one whose end nobody said it is asked.
 */
export function RecordAsks({ record, today }: { record: StoredRecord; today: Day }) {
  const { kind, id } = record
  const asks = BEGINS[kind]
  if (!asks) return null
  const termed = record.kind === "agreement" && hasTerm(record.body, record.standing, today)
  return (
    <Link
      className="button"
      href={termed ? `/renewals/${id}` : `/requests/new?begin=${asks.begin}&${kind}=${id}`}
      prefetch={false}
    >
      {say(termed ? "renewal.choose-link" : asks.says)}
    </Link>
  )
}
